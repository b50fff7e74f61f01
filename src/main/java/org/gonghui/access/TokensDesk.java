package org.gonghui.access;

import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The tokens of one's own programs: make, end. */
@Controller
@RequestMapping("/desk/tokens")
class TokensDesk {

    /** The list and the form for one more. */
    record TokensPage(List<Tokens.Named> tokens, List<Integer> days) {}

    /** A token, shown this once, and an address of the API to try it with. */
    record TokenPage(String label, String token, String tryAt) {}

    private final Tokens tokens;
    private final Unions unions;
    private final Pages pages;
    private final String publicUrl;

    TokensDesk(Tokens tokens, Unions unions, Pages pages, @Value("${gonghui.public-url}") String publicUrl) {
        this.tokens = tokens;
        this.unions = unions;
        this.pages = pages;
        this.publicUrl = publicUrl;
    }

    @GetMapping
    @May(Right.UNION_READ)
    View list(Actor actor) {
        return page(actor, "access/tokens.jte", new TokensPage(tokens.list(actor), Tokens.DAYS));
    }

    @PostMapping
    @May(Right.UNION_READ)
    View make(
            Actor actor,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(required = false) @Nullable String days) {
        Token token = tokens.make(actor, label, days);
        return page(
                actor,
                "access/token.jte",
                new TokenPage(label == null ? "" : label, token.text(), publicUrl + "/api/v1/unions"));
    }

    @PostMapping("/{token}/end")
    @May(Right.UNION_READ)
    View end(Actor actor, @PathVariable UUID token) {
        tokens.end(actor, token);
        return LocalAddress.redirect("/desk/tokens");
    }

    private View page(Actor actor, String template, Object model) {
        return pages.desk(actor, unions.home(actor, Right.UNION_READ), template, model);
    }
}
