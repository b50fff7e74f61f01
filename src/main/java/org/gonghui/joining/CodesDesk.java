package org.gonghui.joining;

import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
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

/** What is hung up for people to scan: a union's poster, and codes for its stations, stalls and sites. */
@Controller
@RequestMapping("/desk/joining")
class CodesDesk {

    /** The codes of a union; it gives none where nobody joins at the union itself. */
    record CodesPage(UnionSummary union, List<JoiningCodes.Code> codes, boolean mayGive) {}

    /** A sheet with a code. */
    record PosterPage(UnionSummary union, String label, String address) {

        /** Where staff take people down who stand before it. */
        String stall() {
            return address + "/stall";
        }
    }

    private final JoiningCodes codes;
    private final Unions unions;
    private final Pages pages;
    private final String publicUrl;

    CodesDesk(JoiningCodes codes, Unions unions, Pages pages, @Value("${gonghui.public-url}") String publicUrl) {
        this.codes = codes;
        this.unions = unions;
        this.pages = pages;
        this.publicUrl = publicUrl;
    }

    @GetMapping("/{id}/codes")
    @May(Right.MEMBER_APPROVE)
    View list(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.MEMBER_APPROVE);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.MEMBER_APPROVE),
                "joining/codes.jte",
                new CodesPage(union, codes.given(actor, id), Joinings.takesApplications(union)));
    }

    @PostMapping("/{id}/codes")
    @May(Right.MEMBER_APPROVE)
    View give(Actor actor, @PathVariable UnionId id, @RequestParam(required = false) @Nullable String label) {
        return LocalAddress.redirect(
                "/desk/joining/codes/" + codes.give(actor, id, label).id() + "/poster");
    }

    @PostMapping("/codes/{given}/end")
    @May(Right.MEMBER_APPROVE)
    View end(Actor actor, @PathVariable UUID given) {
        codes.end(actor, given);
        return LocalAddress.redirect("/desk/joining/" + codes.one(actor, given).union() + "/codes");
    }

    @GetMapping("/{id}/poster")
    @May(Right.MEMBER_APPROVE)
    View poster(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.MEMBER_APPROVE);
        return poster(actor, union, "", union.code());
    }

    @GetMapping("/codes/{given}/poster")
    @May(Right.MEMBER_APPROVE)
    View posterOf(Actor actor, @PathVariable UUID given) {
        JoiningCodes.Code one = codes.one(actor, given);
        return poster(actor, unions.get(actor, one.union(), Right.MEMBER_APPROVE), one.label(), one.code());
    }

    private View poster(Actor actor, UnionSummary union, String label, String code) {
        return pages.desk(
                actor,
                unions.scope(actor, union.id(), Right.MEMBER_APPROVE),
                "joining/poster.jte",
                new PosterPage(union, label, publicUrl + "/j/" + code));
    }
}
