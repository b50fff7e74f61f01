package org.gonghui.joining;

import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.member.MemberFiles;
import org.gonghui.member.Members;
import org.gonghui.member.OwnRecords;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.phone.Phones;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** My own page: the card of a member, or how my application stands. */
@Controller
class MePages {

    /**
     * The page.
     *
     * @param cardAddress what the card's QR code says; only staff whose members it concerns can open it
     * @param union the name of my union, or of the one I want to join; empty for none
     * @param deciding the union whose officers decide about my application; empty for none
     * @param phone by which I sign in, masked; empty for none
     * @param own what is on record about me
     * @param looks who opened what is sealed about me
     */
    record MePage(
            Optional<Members.Card> card,
            String cardAddress,
            Optional<Application> application,
            Optional<Application.Decision> decision,
            String union,
            String deciding,
            String phone,
            Optional<OwnRecords.OwnRecord> own,
            List<MemberFiles.Look> looks) {}

    private final Joinings joinings;
    private final Members members;
    private final MemberFiles files;
    private final OwnRecords records;
    private final Unions unions;
    private final Phones phones;
    private final Pages pages;
    private final String publicUrl;

    MePages(
            Joinings joinings,
            Members members,
            MemberFiles files,
            OwnRecords records,
            Unions unions,
            Phones phones,
            Pages pages,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.joinings = joinings;
        this.members = members;
        this.files = files;
        this.records = records;
        this.unions = unions;
        this.phones = phones;
        this.pages = pages;
        this.publicUrl = publicUrl;
    }

    @GetMapping("/me")
    @May(Right.SIGNED_IN)
    View me(Actor actor) {
        Optional<Members.Card> card = members.cardOf(actor);
        Optional<Application> application = joinings.latest(actor);
        Optional<UnionSummary> union = card.flatMap(Members.Card::live)
                .map(live -> live.union())
                .or(() -> application.flatMap(Application::union))
                .flatMap(unions::named);
        return pages.portal(
                actor,
                "joining/me.jte",
                new MePage(
                        card,
                        card.map(of -> publicUrl + "/m/" + of.member()).orElse(""),
                        application,
                        application.flatMap(of -> joinings.decision(actor, of)),
                        union.map(UnionSummary::name).orElse(""),
                        application
                                .flatMap(Application::deciding)
                                .flatMap(unions::named)
                                .map(UnionSummary::name)
                                .orElse(""),
                        actor.account()
                                .flatMap(phones::of)
                                .map(PhoneNumber::masked)
                                .orElse(""),
                        records.of(actor),
                        files.looksAt(actor)));
    }

    /** I am on record already, and tie the record to the phone by which I have signed in. */
    @PostMapping("/me/claim")
    @May(Right.SIGNED_IN)
    View claim(Actor actor, @RequestParam(required = false) @Nullable String end) {
        PhoneNumber proved =
                actor.account().flatMap(phones::of).orElseThrow(() -> new Refused(JoiningRefusal.NOT_A_MEMBER));
        records.claim(actor, proved, end);
        return LocalAddress.redirect("/me");
    }
}
