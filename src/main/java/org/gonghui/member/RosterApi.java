package org.gonghui.member;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The people behind a figure, for programs: the list of {@link Roster} without identity numbers and phones. */
@RestController
@RequestMapping("/api/v1/unions/{id}/members")
class RosterApi {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    /**
     * One membership.
     *
     * @param id the person's
     * @param number of the member card
     * @param sex {@code F} or {@code M}
     * @param endedOn null for a membership that lives
     */
    record MemberBody(
            UUID id,
            long number,
            String name,
            String sex,
            String employment,
            UUID unionId,
            String union,
            LocalDate beganOn,
            @Nullable LocalDate endedOn) {}

    /** A page; {@code next} is what to ask for {@code after}, null at the end. */
    record PageBody(
            String of,
            String period,
            List<MemberBody> members,
            @Nullable String next) {}

    private final Roster roster;
    private final Unions unions;

    RosterApi(Roster roster, Unions unions) {
        this.roster = roster;
        this.unions = unions;
    }

    /**
     * Who is counted by a measure at a union and below it.
     *
     * @param limit rows of a page, 200 at most
     */
    @GetMapping
    @May(Right.MEMBER_READ)
    PageBody list(
            Actor actor,
            @PathVariable UnionId id,
            @ParameterObject Roster.Asked asked,
            @RequestParam(required = false) Optional<String> after,
            @RequestParam(defaultValue = "" + USUAL) int limit) {
        Roster.Question question = roster.question(actor, id, asked);
        Roster.Run run = roster.run(actor, question, after, Math.clamp(limit, 1, MOST));
        return new PageBody(
                question.measure().key(),
                question.period().text(),
                run.rows().stream().map(this::body).toList(),
                run.next().orElse(null));
    }

    private MemberBody body(Roster.Row row) {
        return new MemberBody(
                row.member().value(),
                row.number(),
                row.name(),
                row.sex(),
                row.employment(),
                row.union().value(),
                unions.named(row.union()).map(UnionSummary::name).orElse(""),
                row.beganOn(),
                row.endedOn().orElse(null));
    }
}
