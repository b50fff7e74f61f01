package org.gonghui.employer;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

/** Employers for programs: lists, one, a new one, how many work there. Whom to speak with stays at the desk. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "employers")
class EmployerApi {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    /**
     * An employer.
     *
     * @param code the unified social credit code; null as long as nobody knows it
     * @param street the union in whose streets it lies
     * @param trade a section of GB/T 4754, by the constant's name
     * @param union its workers'; null as long as there is none
     * @param closedOn the first day without it, or null
     * @param workers of the latest headcount, like the three after it; null where nobody counted
     */
    record EmployerBody(
            UUID id,
            @Nullable String code,
            String name,
            UUID street,
            String streetName,
            String address,
            String trade,
            String ownership,
            @Nullable UUID union,
            @Nullable LocalDate closedOn,
            @Nullable Integer workers,
            @Nullable Integer women,
            @Nullable Integer newForm,
            @Nullable LocalDate countedOn) {}

    /** A page, and what the whole list comes to; {@code next} is what to ask for {@code after}, null at the end. */
    record EmployersBody(
            long total,
            long workers,
            List<EmployerBody> employers,
            @Nullable String next) {}

    /** How many worked there on a day, by the code of the form of employment too. */
    record HeadcountBody(
            LocalDate countedOn, int workers, @Nullable Integer women, Map<String, Integer> byForm) {}

    /** An employer with its headcounts, the latest first. */
    record EmployerFileBody(EmployerBody employer, List<HeadcountBody> headcounts) {}

    /** A new employer; without {@code workers} it is not counted yet. */
    record EmployerRequest(
            @Nullable String name,
            @Nullable String code,
            @Nullable String address,
            @Nullable String trade,
            @Nullable String ownership,
            @Nullable Integer workers,
            @Nullable Integer women,
            @Nullable String countedOn) {}

    /** How many worked there on a day; whoever is in no form that is named is employed regularly. */
    record HeadcountRequest(
            @Nullable String countedOn,
            @Nullable Integer workers,
            @Nullable Integer women,
            @Nullable Map<String, Integer> byForm) {}

    private final Employers employers;
    private final EmployerLists lists;
    private final Unions unions;
    private final Clock clock;

    EmployerApi(Employers employers, EmployerLists lists, Unions unions, Clock clock) {
        this.employers = employers;
        this.lists = lists;
        this.unions = unions;
        this.clock = clock;
    }

    /**
     * The employers in the streets of a union, or those whose workers belong to a base union.
     *
     * @param organised {@code WITH} or {@code WITHOUT} a union
     * @param size {@code LARGE, MEDIUM, SMALL, TINY}
     * @param q a part of the name, in characters, pinyin or initials, or of the code
     * @param sort {@code WORKERS} or {@code NEWEST}
     * @param limit rows of a page, 200 at most
     */
    @GetMapping("/unions/{id}/employers")
    @May(Right.EMPLOYER_READ)
    EmployersBody list(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String organised,
            @RequestParam(required = false) @Nullable String size,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "" + USUAL) int limit) {
        EmployerLists.Question question = lists.question(actor, id, organised, size, q, sort);
        EmployerLists.Answer answer =
                lists.list(actor, question, EmployerLists.Mark.of(after), Math.clamp(limit, 1, MOST));
        return new EmployersBody(
                answer.sums().employers(),
                answer.sums().workers(),
                answer.rows().stream().map(this::body).toList(),
                answer.next().map(EmployerLists.Mark::text).orElse(null));
    }

    @GetMapping("/employers/{employer}")
    @May(Right.EMPLOYER_READ)
    EmployerFileBody employer(Actor actor, @PathVariable UUID employer) {
        return file(actor, new EmployerId(employer));
    }

    /** Puts an employer on record in the streets of a union. */
    @PostMapping("/unions/{id}/employers")
    @May(Right.EMPLOYER_EDIT)
    @ResponseStatus(HttpStatus.CREATED)
    EmployerFileBody record(Actor actor, @PathVariable UnionId id, @RequestBody EmployerRequest body) {
        return file(
                actor,
                employers.record(
                        actor,
                        id,
                        new EmployerId(Ids.next(clock)),
                        new Employers.Typed(
                                body.name(),
                                body.code(),
                                body.address(),
                                body.trade(),
                                body.ownership(),
                                typed(body.workers()),
                                typed(body.women()),
                                body.countedOn())));
    }

    /** Writes down how many worked there on a day; a count of the same day takes the place of the one before. */
    @PostMapping("/employers/{employer}/headcounts")
    @May(Right.EMPLOYER_EDIT)
    @ResponseStatus(HttpStatus.CREATED)
    EmployerFileBody count(Actor actor, @PathVariable UUID employer, @RequestBody HeadcountRequest body) {
        var id = new EmployerId(employer);
        Map<String, String> byForm = new HashMap<>();
        Optional.ofNullable(body.byForm())
                .ifPresent(forms -> forms.forEach((form, workers) -> byForm.put(form, typed(workers))));
        employers.count(
                actor, id, new Employers.Count(body.countedOn(), typed(body.workers()), typed(body.women()), byForm));
        return file(actor, id);
    }

    private static String typed(@Nullable Integer number) {
        return number == null ? "" : number.toString();
    }

    private EmployerFileBody file(Actor actor, EmployerId id) {
        return new EmployerFileBody(
                body(employers.get(actor, id)),
                employers.headcounts(actor, id).stream()
                        .map(each -> new HeadcountBody(each.countedOn(), each.workers(), each.women(), each.byForm()))
                        .toList());
    }

    private EmployerBody body(Employer employer) {
        Optional<Employer.Staff> staff = employer.staff();
        return new EmployerBody(
                employer.id().value(),
                employer.code().map(CreditCode::text).orElse(null),
                employer.name(),
                employer.street().value(),
                unions.living(employer.street()).name(),
                employer.address(),
                employer.trade().name(),
                employer.ownership().name(),
                employer.union().map(UnionId::value).orElse(null),
                employer.closedOn().orElse(null),
                staff.map(Employer.Staff::workers).orElse(null),
                staff.map(Employer.Staff::women).orElse(null),
                staff.map(Employer.Staff::newForm).orElse(null),
                staff.map(Employer.Staff::countedOn).orElse(null));
    }
}
