package org.gonghui.founding;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.employer.EmployerId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Foundings for programs: lists, one, a step, an application. Papers are sent and decisions are made at the desk. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "foundings")
class FoundingApi {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    /**
     * A founding in a list.
     *
     * @param employers their names
     * @param workers as of the approval, or as far as it is known
     * @param union the name that is applied for; null before
     * @param approvedOn null before
     * @param foundingClass as what it is counted; null before the approval
     */
    record FoundingLineBody(
            UUID id,
            String stage,
            Instant since,
            UUID street,
            String employers,
            int workers,
            @Nullable String union,
            @Nullable LocalDate approvedOn,
            @Nullable String foundingClass) {}

    /** A page, and what the whole list comes to; {@code next} is what to ask for {@code after}, null at the end. */
    record FoundingsBody(
            long total,
            long workers,
            List<FoundingLineBody> foundings,
            @Nullable String next) {}

    /** An employer for whose workers it is. */
    record FoundingEmployerBody(UUID id, String name, int workers) {}

    /** Somebody elected; {@code position} is a word such as {@code CHAIR}, {@code login} empty for no work at the desk. */
    record FoundingOfficerBody(String position, String name, String login) {}

    /** What is applied for, in fen what is asked for with it. */
    record FoundingApplicationBody(
            String name,
            String shortName,
            UUID superior,
            LocalDate electedOn,
            @Nullable Long grantFen,
            List<FoundingOfficerBody> officers) {}

    /**
     * A founding.
     *
     * @param next stages to which one goes by a step
     * @param missing what is left to do before it can be applied for
     * @param papers what kinds there are
     * @param union the one that was founded; null before
     */
    record FoundingBody(
            UUID id,
            String stage,
            Instant since,
            boolean joint,
            UUID street,
            List<FoundingEmployerBody> employers,
            List<String> next,
            List<String> missing,
            List<String> papers,
            @Nullable FoundingApplicationBody application,
            @Nullable UUID union) {}

    /** What was verified before one begins. */
    record FoundingBeginRequest(@Nullable String note) {}

    /** Where it goes, and what happened; giving up needs its reason. */
    record FoundingStepRequest(
            @Nullable String stage, @Nullable String note) {}

    /** An application; {@code superior} is a union's code, {@code grant} an amount in yuan or null. */
    record FoundingApplicationRequest(
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String superior,
            @Nullable String electedOn,
            @Nullable String grant,
            @Nullable List<FoundingOfficerRequest> officers) {}

    /** Somebody elected, as it is sent. */
    record FoundingOfficerRequest(
            @Nullable String position,
            @Nullable String name,
            @Nullable String login) {}

    private final Foundings foundings;
    private final FoundingLists lists;
    private final Unions unions;
    private final Clock clock;

    FoundingApi(Foundings foundings, FoundingLists lists, Unions unions, Clock clock) {
        this.foundings = foundings;
        this.lists = lists;
        this.unions = unions;
        this.clock = clock;
    }

    /**
     * The foundings of a stage, or behind a figure.
     *
     * @param of a stage, or the key of a measure such as {@code founding.medium}; what waits for a decision when left out
     * @param period of the approved, a year or a month
     * @param sort {@code OLDEST, NEWEST} or {@code WORKERS}
     * @param limit rows of a page, 200 at most
     */
    @GetMapping("/unions/{id}/foundings")
    @May(Right.EMPLOYER_READ)
    FoundingsBody list(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "" + USUAL) int limit) {
        FoundingLists.Question question = lists.question(actor, id, of, period, sort);
        FoundingLists.Answer answer =
                lists.list(actor, question, FoundingLists.Mark.of(after), Math.clamp(limit, 1, MOST));
        return new FoundingsBody(
                answer.sums().foundings(),
                answer.sums().workers(),
                answer.lines().stream().map(this::line).toList(),
                answer.next().map(FoundingLists.Mark::text).orElse(null));
    }

    private FoundingLineBody line(FoundingListStore.Line line) {
        Founding founding = line.founding();
        Optional<Founding.Approval> approval = founding.approval();
        return new FoundingLineBody(
                founding.id().value(),
                founding.stage().name(),
                founding.stageAt(),
                unions.living(founding.street()).id().value(),
                line.employers(),
                line.workers(),
                founding.application().map(Founding.Application::name).orElse(null),
                approval.map(Founding.Approval::on).orElse(null),
                approval.map(each -> each.foundingClass().name()).orElse(null));
    }

    @GetMapping("/foundings/{founding}")
    @May(Right.EMPLOYER_READ)
    FoundingBody founding(Actor actor, @PathVariable UUID founding) {
        return body(actor, new FoundingId(founding));
    }

    /** Begins to work towards a union at an employer that has none. */
    @PostMapping("/employers/{employer}/foundings")
    @May(Right.EMPLOYER_EDIT)
    @ResponseStatus(HttpStatus.CREATED)
    FoundingBody begin(
            Actor actor,
            @PathVariable UUID employer,
            @RequestBody(required = false) @Nullable FoundingBeginRequest body) {
        return body(
                actor,
                foundings.begin(
                        actor,
                        new EmployerId(employer),
                        new FoundingId(Ids.next(clock)),
                        body == null ? null : body.note()));
    }

    /** Goes on to a stage that a step leads to. */
    @PostMapping("/foundings/{founding}/steps")
    @May(Right.EMPLOYER_EDIT)
    FoundingBody go(Actor actor, @PathVariable UUID founding, @RequestBody FoundingStepRequest body) {
        var id = new FoundingId(founding);
        foundings.go(actor, id, body.stage(), body.note());
        return body(actor, id);
    }

    /** Hands the application to the superior union. */
    @PostMapping("/foundings/{founding}/application")
    @May(Right.EMPLOYER_EDIT)
    FoundingBody apply(Actor actor, @PathVariable UUID founding, @RequestBody FoundingApplicationRequest body) {
        var id = new FoundingId(founding);
        foundings.apply(
                actor,
                id,
                new Foundings.Applying(
                        body.name(),
                        body.shortName(),
                        body.superior(),
                        body.electedOn(),
                        body.grant(),
                        lines(Optional.ofNullable(body.officers()).orElse(List.of()))));
        return body(actor, id);
    }

    /** As the form has them, which names its fields by their line. */
    private static Map<String, String> lines(List<@Nullable FoundingOfficerRequest> officers) {
        Map<String, String> lines = new HashMap<>();
        for (int line = 0; line < officers.size(); line++) {
            FoundingOfficerRequest officer = officers.get(line);
            if (officer != null) {
                lines.put("position-" + line, text(officer.position()));
                lines.put("officer-" + line, text(officer.name()));
                lines.put("login-" + line, text(officer.login()));
            }
        }
        return lines;
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent;
    }

    private FoundingBody body(Actor actor, FoundingId id) {
        Foundings.File file = foundings.file(actor, id);
        Founding founding = file.founding();
        return new FoundingBody(
                id.value(),
                founding.stage().name(),
                founding.stageAt(),
                founding.joint(),
                unions.living(founding.street()).id().value(),
                file.employers().stream()
                        .map(each -> new FoundingEmployerBody(each.id().value(), each.name(), each.workers()))
                        .toList(),
                founding.stage().next().stream().map(Stage::name).toList(),
                founding.stage().isStillChanging() ? ApplicationRules.words(file) : List.of(),
                file.papers().stream().map(each -> each.kind().name()).toList(),
                founding.application()
                        .map(application -> new FoundingApplicationBody(
                                application.name(),
                                application.shortName(),
                                unions.living(application.superior()).id().value(),
                                application.electedOn(),
                                application.grant().map(grant -> grant.fen()).orElse(null),
                                file.officers().stream()
                                        .map(each ->
                                                new FoundingOfficerBody(each.position(), each.name(), each.login()))
                                        .toList()))
                        .orElse(null),
                founding.approval().map(approval -> approval.union().value()).orElse(null));
    }
}
