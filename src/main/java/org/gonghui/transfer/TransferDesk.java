package org.gonghui.transfer;

import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Transfers at the desk: what waits for our answer, what we wait for, what was answered. */
@Controller
@RequestMapping("/desk/transfers")
class TransferDesk {

    /** The transfers of a part of the tree. */
    record BoardPage(UnionSummary union, Transfers.Board board) {}

    /** A member of ours is to go elsewhere: first by the code of the union, then with its name to be sure. */
    record GivingPage(
            UUID membership,
            String name,
            UnionSummary from,
            Optional<UnionSummary> to,
            String code,
            Optional<String> fault) {}

    private final Transfers transfers;
    private final Members members;
    private final Unions unions;
    private final Pages pages;

    TransferDesk(Transfers transfers, Members members, Unions unions, Pages pages) {
        this.transfers = transfers;
        this.members = members;
        this.unions = unions;
        this.pages = pages;
    }

    @Bean
    static WorkArea transfersArea() {
        return new WorkArea(
                "desk.group.organisation",
                "transfer.area",
                "arrow-left-right",
                "/desk/transfers",
                Right.MEMBER_APPROVE,
                130);
    }

    @GetMapping
    @May(Right.MEMBER_APPROVE)
    View begin(Actor actor) {
        return LocalAddress.redirect(
                address(unions.home(actor, Right.MEMBER_APPROVE).union()));
    }

    @GetMapping("/{id}")
    @May(Right.MEMBER_APPROVE)
    View board(Actor actor, @PathVariable UnionId id) {
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.MEMBER_APPROVE),
                "transfer/board.jte",
                new BoardPage(unions.get(actor, id, Right.MEMBER_APPROVE), transfers.board(actor, id)));
    }

    @GetMapping("/memberships/{membership}")
    @May(Right.MEMBER_APPROVE)
    View givingForm(Actor actor, @PathVariable UUID membership, @RequestParam(required = false) @Nullable String code) {
        Membership held = transfers.ours(actor, membership);
        String typed = CleanText.line(code);
        Optional<String> fault = code == null ? Optional.empty() : transfers.faultOf(code);
        return pages.desk(
                actor,
                unions.scope(actor, held.union(), Right.MEMBER_APPROVE),
                "transfer/giving.jte",
                new GivingPage(
                        membership,
                        members.nameOf(held.member()),
                        unions.get(actor, held.union(), Right.MEMBER_APPROVE),
                        fault.isPresent() ? Optional.empty() : unions.byCode(typed),
                        typed,
                        fault));
    }

    @PostMapping("/memberships/{membership}")
    @May(Right.MEMBER_APPROVE)
    View give(Actor actor, @PathVariable UUID membership, @RequestParam(required = false) @Nullable String code) {
        UnionId from = transfers.ours(actor, membership).union();
        transfers.give(actor, membership, code);
        return LocalAddress.redirect(address(from));
    }

    @PostMapping("/requests/{transfer}/agreement")
    @May(Right.MEMBER_APPROVE)
    View agree(Actor actor, @PathVariable UUID transfer, @RequestParam UnionId at) {
        transfers.agree(actor, transfer);
        return LocalAddress.redirect(address(at));
    }

    @PostMapping("/requests/{transfer}/objection")
    @May(Right.MEMBER_APPROVE)
    View object(
            Actor actor,
            @PathVariable UUID transfer,
            @RequestParam UnionId at,
            @RequestParam(required = false) @Nullable String reason) {
        transfers.object(actor, transfer, reason);
        return LocalAddress.redirect(address(at));
    }

    @PostMapping("/requests/{transfer}/withdrawal")
    @May(Right.MEMBER_APPROVE)
    View withdraw(Actor actor, @PathVariable UUID transfer, @RequestParam UnionId at) {
        transfers.withdraw(actor, transfer);
        return LocalAddress.redirect(address(at));
    }

    @PostMapping("/requests/{transfer}/undoing")
    @May(Right.MEMBER_APPROVE)
    View undo(Actor actor, @PathVariable UUID transfer, @RequestParam UnionId at) {
        transfers.undo(actor, transfer);
        return LocalAddress.redirect(address(at));
    }

    private static String address(UnionId union) {
        return "/desk/transfers/" + union;
    }
}
