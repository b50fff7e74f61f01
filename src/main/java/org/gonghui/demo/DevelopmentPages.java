package org.gonghui.demo;

import java.util.List;
import java.util.Optional;
import org.gonghui.access.Accounts;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Pages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** In demonstration mode only: the sign-ins with their codes. */
@Controller
class DevelopmentPages {

    /** One sign-in with a code that would be taken now; empty when one must wait for the next. */
    record Line(String login, Role role, Optional<String> code) {}

    /** The list of sign-ins. */
    record DevelopmentPage(String password, List<Line> lines, List<MessageGateway.Message> messages) {}

    private final Accounts accounts;
    private final ObjectProvider<DemoMessages> messages;
    private final Pages pages;

    DevelopmentPages(Accounts accounts, ObjectProvider<DemoMessages> messages, Pages pages) {
        this.accounts = accounts;
        this.messages = messages;
        this.pages = pages;
    }

    @GetMapping("/site/development")
    @May(Right.DEVELOPMENT)
    View signIns(Actor actor) {
        List<Line> lines = DemoCity.SIGN_INS.stream()
                .map(each -> new Line(each.login(), each.role(), accounts.demonstrationCode(each.login())))
                .toList();
        return pages.portal(actor, "demo/development.jte", new DevelopmentPage(DemoCity.PASSWORD, lines, sent()));
    }

    @GetMapping(value = "/site/development/code", produces = "text/plain;charset=UTF-8")
    @May(Right.DEVELOPMENT)
    ResponseEntity<String> code(@RequestParam String login) {
        boolean open = DemoCity.SIGN_INS.stream().anyMatch(each -> each.login().equals(login));
        return open
                ? ResponseEntity.of(accounts.demonstrationCode(login))
                : ResponseEntity.notFound().build();
    }

    /** The code that went last to a phone or an address. */
    @GetMapping(value = "/site/development/message", produces = "text/plain;charset=UTF-8")
    @May(Right.DEVELOPMENT)
    ResponseEntity<String> message(@RequestParam String to) {
        return ResponseEntity.of(sent().stream()
                .filter(message -> message.kind() == MessageGateway.Kind.CODE)
                .filter(message -> message.to().equals(to))
                .map(MessageGateway.Message::text)
                .findFirst());
    }

    private List<MessageGateway.Message> sent() {
        return messages.stream().flatMap(each -> each.last().stream()).toList();
    }

    @GetMapping(value = "/site/development/password", produces = "text/plain;charset=UTF-8")
    @May(Right.DEVELOPMENT)
    ResponseEntity<String> password() {
        return ResponseEntity.ok(DemoCity.PASSWORD);
    }
}
