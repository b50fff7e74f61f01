package org.gonghui.joining;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Joining for programs: what a code leads to, an application in one piece, how it stands, and the union's decision. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "joining")
class JoiningApi {

    /**
     * What a code leads to.
     *
     * @param station where the code hangs; null for a union's own code
     * @param takesApplications false where a place below must be chosen first
     */
    record PlaceBody(
            String code, String name, @Nullable String station, boolean takesApplications, List<PlaceBody> below) {}

    /** A form of employment that can be chosen. */
    record EmploymentBody(String code, boolean newForm) {}

    /**
     * An application.
     *
     * @param code what was scanned
     * @param union id of the employer's union, for employees who know it; else null
     */
    record ApplicationRequest(
            @Nullable String code,
            @Nullable String name,
            @Nullable String identity,
            @Nullable String employment,
            @Nullable String employer,
            @Nullable String union) {}

    /** How one's own application stands: {@code draft, waiting, approved, refused, withdrawn}. */
    record ApplicationBody(
            UUID id,
            String state,
            String name,
            @Nullable String union,
            @Nullable Instant sentAt,
            @Nullable String reason) {}

    /** One's own membership card. */
    record CardBody(UUID member, long number, String name, String union, LocalDate since) {}

    /** Somebody who waits; identity number and phone are masked. */
    record WaitingBody(
            UUID id,
            String name,
            String identity,
            String phone,
            String employment,
            String employer,
            String union,
            Instant sentAt,
            boolean suspected) {}

    /** A page of the queue; {@code next} is what to ask for after, null at the end. */
    record QueueBody(
            int waiting,
            List<WaitingBody> applications,
            @Nullable UUID next) {}

    /** The base union, for an applicant who does not know their own; else null. */
    record ApprovalRequest(@Nullable UUID into) {}

    /** What came of an approval. */
    record ApprovalBody(String outcome) {}

    /** Why, in words that the applicant reads. */
    record RefusalRequest(@Nullable String reason) {}

    private final Joinings joinings;
    private final JoiningCodes codes;
    private final Approvals approvals;
    private final Members members;
    private final Unions unions;

    JoiningApi(Joinings joinings, JoiningCodes codes, Approvals approvals, Members members, Unions unions) {
        this.joinings = joinings;
        this.codes = codes;
        this.approvals = approvals;
        this.members = members;
        this.unions = unions;
    }

    /** What a code leads to, and what lies below it. */
    @GetMapping("/codes/{code}")
    @May(Right.PUBLIC)
    PlaceBody place(@PathVariable String code) {
        JoiningCodes.Scanned scanned = codes.scan(code);
        UnionSummary place = scanned.union();
        List<PlaceBody> below = Joinings.takesApplications(place)
                ? List.of()
                : unions.below(place).stream()
                        .map(union -> body(union, union.code(), "", List.of()))
                        .toList();
        return body(place, scanned.code(), scanned.label(), below);
    }

    /** The forms of employment of today. */
    @GetMapping("/employments")
    @May(Right.PUBLIC)
    List<EmploymentBody> employments() {
        return members.employments().stream()
                .map(each -> new EmploymentBody(each.code(), each.newForm()))
                .toList();
    }

    /** Sends an application; the caller's session is their proof of the phone. */
    @PostMapping("/applications")
    @May(Right.SIGNED_IN)
    @ResponseStatus(HttpStatus.CREATED)
    ApplicationBody apply(Actor actor, @RequestBody ApplicationRequest body) {
        String code = body.code();
        return body(
                actor,
                joinings.apply(
                        actor,
                        code == null ? "" : code,
                        new Joinings.Who(body.name(), body.identity()),
                        new Joinings.Work(body.employment(), body.employer(), body.union())));
    }

    /** How the caller's latest application stands. */
    @GetMapping("/me/application")
    @May(Right.SIGNED_IN)
    ApplicationBody mine(Actor actor) {
        return body(actor, joinings.latest(actor).orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_APPLICATION)));
    }

    /** Takes the caller's application back. */
    @DeleteMapping("/me/application")
    @May(Right.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Actor actor) {
        joinings.withdraw(actor);
    }

    /** The caller's own card. */
    @GetMapping("/me/card")
    @May(Right.SIGNED_IN)
    CardBody card(Actor actor) {
        Members.Card card = members.cardOf(actor).orElseThrow(() -> new Refused(JoiningRefusal.NOT_A_MEMBER));
        Membership live = card.live().orElseThrow(() -> new Refused(JoiningRefusal.NOT_A_MEMBER));
        return new CardBody(
                card.member().value(), card.number(), card.name(), nameOf(Optional.of(live.union())), live.beganOn());
    }

    /** Who waits for the caller's decision at a union and below it, the first to come first. */
    @GetMapping("/unions/{id}/applications")
    @May(Right.MEMBER_APPROVE)
    QueueBody queue(Actor actor, @PathVariable UnionId id, @RequestParam(required = false) Optional<UUID> after) {
        List<Approvals.Waiting> queue = approvals.queue(actor, id, after);
        return new QueueBody(
                approvals.waiting(actor, id),
                queue.stream().map(JoiningApi::body).toList(),
                queue.size() < Approvals.MOST_SHOWN ? null : queue.getLast().id());
    }

    /** Approves; {@code member} now, or {@code transfer-asked} of the union of which the applicant is a member. */
    @PostMapping("/applications/{application}/approval")
    @May(Right.MEMBER_APPROVE)
    ApprovalBody approve(
            Actor actor,
            @PathVariable UUID application,
            @RequestBody(required = false) @Nullable ApprovalRequest body) {
        Approvals.Approved approved = approvals.approve(
                actor,
                application,
                Optional.ofNullable(body).map(ApprovalRequest::into).map(UnionId::new));
        return new ApprovalBody(approved.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @PostMapping("/applications/{application}/refusal")
    @May(Right.MEMBER_APPROVE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void refuse(Actor actor, @PathVariable UUID application, @RequestBody RefusalRequest body) {
        approvals.refuse(actor, application, body.reason());
    }

    /** Undoes a decision of the last day. */
    @PostMapping("/applications/{application}/undoing")
    @May(Right.MEMBER_APPROVE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void undo(Actor actor, @PathVariable UUID application) {
        approvals.undo(actor, application);
    }

    private static PlaceBody body(UnionSummary union, String code, String label, List<PlaceBody> below) {
        return new PlaceBody(
                code, union.name(), label.isEmpty() ? null : label, Joinings.takesApplications(union), below);
    }

    private ApplicationBody body(Actor actor, Application application) {
        return new ApplicationBody(
                application.id(),
                application.state().name().toLowerCase(Locale.ROOT),
                application.name(),
                nameOf(application.union()),
                application.sentAt().orElse(null),
                joinings.decision(actor, application)
                        .map(Application.Decision::reason)
                        .filter(reason -> !reason.isEmpty())
                        .orElse(null));
    }

    private static WaitingBody body(Approvals.Waiting waiting) {
        return new WaitingBody(
                waiting.id(),
                waiting.name(),
                waiting.identity(),
                waiting.phone(),
                waiting.employment(),
                waiting.employer(),
                waiting.union().name(),
                waiting.sentAt(),
                waiting.isSuspect());
    }

    private String nameOf(Optional<UnionId> union) {
        return union.flatMap(unions::named).map(UnionSummary::name).orElse("");
    }
}
