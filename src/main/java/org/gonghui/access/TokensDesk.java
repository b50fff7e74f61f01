package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
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

    /**
     * The list and the form for one more.
     *
     * @param offered the rights that may be ticked
     * @param ticked those that are
     * @param confirmed true when its reader has just shown who they are
     */
    record TokensPage(
            List<Line> tokens, List<Integer> days, List<Right> offered, Set<Right> ticked, boolean confirmed) {

        /** Reading and the rest apart: reading is what most programs need. */
        List<Group> groups() {
            Map<Boolean, List<Right>> byReading =
                    offered.stream().collect(Collectors.partitioningBy(TokenScope.READING::contains));
            return List.of(
                    new Group("reading", byReading.getOrDefault(true, List.of())),
                    new Group("acting", byReading.getOrDefault(false, List.of())));
        }
    }

    /** Rights under a heading. */
    record Group(String name, List<Right> rights) {}

    /** A token, and the name of the union to which it is limited. */
    record Line(Tokens.Named token, Optional<String> below) {}

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
    View list(
            Actor actor,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(required = false) @Nullable List<String> rights,
            HttpServletRequest request) {
        List<Right> offered = Tokens.mayCarry(actor);
        // A form that was refused comes by again with what was ticked in it.
        Set<Right> ticked = offered.stream()
                .filter(
                        label == null
                                ? TokenScope.READING::contains
                                : right -> rights != null && rights.contains(right.name()))
                .collect(Collectors.toSet());
        List<Line> lines = tokens.list(actor).stream()
                .map(token -> new Line(
                        token,
                        token.scope()
                                .flatMap(TokenScope::below)
                                .flatMap(unions::named)
                                .map(UnionSummary::name)))
                .toList();
        return page(
                actor,
                "access/tokens.jte",
                new TokensPage(lines, Tokens.DAYS, offered, ticked, CurrentActor.isConfirmedForAForm(request)));
    }

    @PostMapping
    @May(value = Right.UNION_READ, confirmed = true)
    View make(Actor actor, Tokens.Making typed) {
        Token token = tokens.make(actor, typed);
        String label = typed.label();
        return page(
                actor,
                "access/token.jte",
                new TokenPage(label == null ? "" : label, token.text(), publicUrl + "/api/v1/unions"));
    }

    @PostMapping("/{token}/end")
    @May(value = Right.UNION_READ, confirmed = true)
    View end(Actor actor, @PathVariable UUID token) {
        tokens.end(actor, token);
        return LocalAddress.redirect("/desk/tokens");
    }

    private View page(Actor actor, String template, Object model) {
        return pages.desk(actor, unions.home(actor, Right.UNION_READ), template, model);
    }
}
