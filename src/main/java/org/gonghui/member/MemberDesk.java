package org.gonghui.member;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Scope;
import org.gonghui.layout.WorkArea;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** One person at the desk: find, read, open with a purpose, end or change a membership, take it back. */
@Controller
class MemberDesk {

    /** The endings that an officer records. */
    static final List<Membership.Ending> ENDINGS =
            List.of(Membership.Ending.LEFT, Membership.Ending.RETIRED, Membership.Ending.DIED);

    /** The page to find someone by. */
    record FindPage() {}

    /**
     * A file, and what was opened of it just now.
     *
     * @param canTakeBack true when the end of the last membership can still be taken back
     * @param already true for someone who was to be taken in, and is a member
     */
    record FilePage(
            MemberFiles.MemberFile file,
            Optional<MemberFiles.Opened> opened,
            List<Employment> employments,
            boolean canTakeBack,
            boolean already) {

        static List<MemberFiles.Purpose> purposes() {
            return Arrays.asList(MemberFiles.Purpose.values());
        }

        static List<Membership.Ending> endings() {
            return ENDINGS;
        }
    }

    private final MemberFiles files;
    private final Members members;
    private final Corrections corrections;
    private final Unions unions;
    private final Pages pages;

    MemberDesk(MemberFiles files, Members members, Corrections corrections, Unions unions, Pages pages) {
        this.files = files;
        this.members = members;
        this.corrections = corrections;
        this.unions = unions;
        this.pages = pages;
    }

    @Bean
    static WorkArea membersArea() {
        return new WorkArea(
                "desk.group.organisation", "member.area", "people", "/desk/members", Right.MEMBER_READ, 110);
    }

    @GetMapping("/desk/members/people")
    @May(Right.MEMBER_READ)
    View findForm(Actor actor) {
        return pages.desk(actor, unions.home(actor, Right.MEMBER_READ), "member/find.jte", new FindPage());
    }

    @PostMapping("/desk/members/people")
    @May(Right.MEMBER_READ)
    View find(Actor actor, @RequestParam(required = false) @Nullable String what) {
        Optional<MemberId> found = files.find(actor, what);
        if (found.isEmpty()) {
            var input = new Input();
            input.fault("what", what == null || what.isBlank() ? "empty" : "nobody-found");
            input.check();
        }
        return LocalAddress.redirect(address(found.orElseThrow()));
    }

    /** What the QR code of a member card says. */
    @GetMapping("/m/{member}")
    @May(Right.MEMBER_READ)
    View card(Actor actor, @PathVariable MemberId member) {
        return LocalAddress.redirect(address(files.file(actor, member).id()));
    }

    @GetMapping("/desk/members/people/{member}")
    @May(Right.MEMBER_READ)
    View file(Actor actor, @PathVariable MemberId member, @RequestParam(defaultValue = "false") boolean already) {
        return page(actor, member, Optional.empty(), already);
    }

    /** Opens what is masked: shown on the answer itself, which no cache keeps and no address names. */
    @PostMapping("/desk/members/people/{member}/looks")
    @May(Right.MEMBER_OPEN)
    View open(
            Actor actor,
            @PathVariable MemberId member,
            @RequestParam(required = false) @Nullable String purpose,
            @RequestParam(required = false) @Nullable String note) {
        MemberFiles.Opened opened = files.open(actor, member, purpose, note);
        return page(actor, member, Optional.of(opened), false);
    }

    @PostMapping("/desk/members/people/{member}/memberships/{membership}/end")
    @May(Right.MEMBER_EDIT)
    View end(
            Actor actor,
            @PathVariable MemberId member,
            @PathVariable UUID membership,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String why) {
        var input = new Input();
        Membership.Ending ending = input.choice("by", by, Membership.Ending.class);
        input.check();
        requireOf(actor, member, membership);
        members.end(actor, membership, ending, why);
        return LocalAddress.redirect(address(member));
    }

    @PostMapping("/desk/members/people/{member}/memberships/{membership}/employment")
    @May(Right.MEMBER_EDIT)
    View changeEmployment(
            Actor actor,
            @PathVariable MemberId member,
            @PathVariable UUID membership,
            @RequestParam(defaultValue = "") String employment) {
        requireOf(actor, member, membership);
        members.changeEmployment(actor, membership, employment);
        return LocalAddress.redirect(address(member));
    }

    @PostMapping("/desk/members/people/{member}/memberships/{membership}/correction")
    @May(Right.MEMBER_EDIT)
    View correct(
            Actor actor,
            @PathVariable MemberId member,
            @PathVariable UUID membership,
            @ModelAttribute Corrections.Correction correction) {
        requireOf(actor, member, membership);
        corrections.correct(actor, membership, correction);
        return LocalAddress.redirect(address(member));
    }

    /** Takes back how the membership ended. */
    @PostMapping("/desk/members/people/{member}/memberships/{membership}/taking-back")
    @May(Right.MEMBER_EDIT)
    View takeBack(Actor actor, @PathVariable MemberId member, @PathVariable UUID membership) {
        requireOf(actor, member, membership);
        members.takeBackEnd(actor, membership);
        return LocalAddress.redirect(address(member));
    }

    private View page(Actor actor, MemberId member, Optional<MemberFiles.Opened> opened, boolean already) {
        MemberFiles.MemberFile file = files.file(actor, member);
        if (!file.id().equals(member)) {
            return LocalAddress.redirect(address(file.id())); // the record leads to another
        }
        Scope scope = file.spells().stream()
                .flatMap(spell -> spell.union().stream())
                .findFirst()
                .map(union -> unions.scope(actor, union.id(), Right.MEMBER_READ))
                .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
        boolean canTakeBack = file.spells()
                .getFirst()
                .membership()
                .endedOn()
                .filter(members::canBeTakenBack)
                .isPresent();
        return pages.desk(
                actor,
                scope,
                "member/file.jte",
                new FilePage(file, opened, members.employments(), canTakeBack, already));
    }

    /** What is done at a person's file is done to that person's membership. */
    private void requireOf(Actor actor, MemberId member, UUID membership) {
        if (files.file(actor, member).spells().stream()
                .noneMatch(spell -> spell.membership().id().equals(membership))) {
            throw new Refused(MemberRefusal.NO_SUCH_MEMBER);
        }
    }

    private static String address(MemberId member) {
        return "/desk/members/people/" + member;
    }
}
