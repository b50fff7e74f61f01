package org.gonghui.employer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.Employment;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.Cell;
import org.gonghui.sheet.SheetFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Employers at the desk: lists, files, headcounts. */
@Controller
@RequestMapping("/desk/employers")
class EmployerDesk {

    /**
     * An employer in a list, its street and its union as they are called today.
     *
     * @param underWay the founding of a union, where somebody works towards one
     */
    record Row(
            Employer employer,
            UnionSummary street,
            Optional<UnionSummary> union,
            Optional<UnionsUnderWay.UnderWay> underWay) {}

    /** The employers of a union's streets, or of a base union. */
    record ListPage(
            EmployerLists.Question question,
            List<Row> rows,
            EmployerLists.Sums sums,
            Optional<EmployerLists.MembersBeside> members,
            Optional<String> next,
            boolean mayRecord) {

        UnionSummary union() {
            return question.union();
        }

        static List<SizeClass> sizes() {
            return List.of(SizeClass.values());
        }

        static List<EmployerLists.Organised> organised() {
            return List.of(EmployerLists.Organised.values());
        }

        static List<EmployerLists.Sort> sorts() {
            return List.of(EmployerLists.Sort.values());
        }

        /** The words of the address that asks for the same. */
        String asked() {
            return "organised=" + question.organised() + "&size="
                    + question.size().map(SizeClass::name).orElse("") + "&sort=" + question.sort() + "&q="
                    + URLEncoder.encode(question.text(), StandardCharsets.UTF_8);
        }

        /** The share of members among the workers; empty where nobody is counted, or not all are looked at. */
        Optional<String> rate() {
            return isNarrowed()
                    ? Optional.empty()
                    : members.flatMap(beside -> EmployerLists.MembersBeside.rate(beside.members(), sums.workers()));
        }

        /** The same among those who work in a new form. */
        Optional<String> newFormRate() {
            return isNarrowed()
                    ? Optional.empty()
                    : members.flatMap(beside -> EmployerLists.MembersBeside.rate(beside.newForm(), sums.newForm()));
        }

        boolean isNarrowed() {
            return question.organised() != EmployerLists.Organised.ALL
                    || question.size().isPresent()
                    || !question.text().isEmpty();
        }
    }

    /** The form for a new employer, or for one whose record is put right. */
    record FormPage(UnionSummary street, Optional<Employer> employer, UUID formKey) {

        static List<Trade> trades() {
            return List.of(Trade.values());
        }

        static List<Ownership> ownerships() {
            return List.of(Ownership.values());
        }
    }

    /**
     * An employer's file.
     *
     * @param phone a contact's whole number, when it was asked for just now
     */
    record FilePage(
            Employer employer,
            UnionSummary street,
            Optional<UnionSummary> union,
            Optional<UnionsUnderWay.UnderWay> underWay,
            List<Headcount> headcounts,
            List<Employment> forms,
            List<EmployerFiles.Contact> contacts,
            List<EmployerFiles.EmployerService> services,
            List<Audit.Entry> history,
            boolean mayEdit,
            Map<UUID, String> phone,
            UUID formKey) {}

    private final Employers employers;
    private final EmployerLists lists;
    private final EmployerFiles files;
    private final Unions unions;
    private final Pages pages;
    private final Texts texts;
    private final Clock clock;

    EmployerDesk(
            Employers employers,
            EmployerLists lists,
            EmployerFiles files,
            Unions unions,
            Pages pages,
            Texts texts,
            Clock clock) {
        this.employers = employers;
        this.lists = lists;
        this.files = files;
        this.unions = unions;
        this.pages = pages;
        this.texts = texts;
        this.clock = clock;
    }

    @Bean
    static WorkArea employersArea() {
        return new WorkArea(
                "desk.group.organisation", "employer.area", "building", "/desk/employers", Right.EMPLOYER_READ, 112);
    }

    @GetMapping
    @May(Right.EMPLOYER_READ)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/employers/" + unions.home(actor, Right.EMPLOYER_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.EMPLOYER_READ)
    View list(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String organised,
            @RequestParam(required = false) @Nullable String size,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "") String after) {
        EmployerLists.Question question = lists.question(actor, id, organised, size, q, sort);
        EmployerLists.Answer answer = lists.list(actor, question, EmployerLists.Mark.of(after));
        Map<EmployerId, UnionsUnderWay.UnderWay> underWay = lists.underWay(actor, answer.rows());
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.EMPLOYER_READ),
                "employer/list.jte",
                new ListPage(
                        question,
                        answer.rows().stream()
                                .map(each -> row(each, Optional.ofNullable(underWay.get(each.id()))))
                                .toList(),
                        answer.sums(),
                        lists.membersBeside(actor, question.union()),
                        answer.next().map(EmployerLists.Mark::text),
                        mayRecord(actor, question.union())));
    }

    private Row row(Employer employer, Optional<UnionsUnderWay.UnderWay> underWay) {
        return new Row(
                employer, unions.living(employer.street()), employer.union().map(unions::living), underWay);
    }

    private static boolean mayRecord(Actor actor, UnionSummary union) {
        return !union.kind().isBase() && actor.reach(Right.EMPLOYER_EDIT).covers(union.path());
    }

    /** The same list as a table, all of it. */
    @GetMapping("/{id}/export")
    @May(Right.EMPLOYER_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String organised,
            @RequestParam(required = false) @Nullable String size,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "XLSX") String format) {
        EmployerLists.Question question = lists.question(actor, id, organised, size, q, sort);
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        lists.takeAlong(actor, question);
        return (model, request, response) -> {
            Language language = Pages.language(request);
            String name = texts.say(language, "employer.area");
            List<String> headings = List.of(
                            "name",
                            "code",
                            "street",
                            "address",
                            "trade",
                            "ownership",
                            "workers",
                            "women",
                            "new-form",
                            "counted-on",
                            "union")
                    .stream()
                    .map(column -> texts.say(language, "employer." + column))
                    .toList();
            Downloads.table(
                    response,
                    Downloads.name(as.extension(), name, question.union().name()),
                    as,
                    name,
                    headings,
                    sheet -> lists.each(
                            actor, question, employer -> sheet.row(cells(row(employer, Optional.empty()), language))));
        };
    }

    private List<Cell> cells(Row row, Language language) {
        Employer employer = row.employer();
        Optional<Employer.Staff> staff = employer.staff();
        return List.of(
                new Cell.Text(employer.name()),
                new Cell.Text(employer.code().map(CreditCode::text).orElse("")),
                new Cell.Text(row.street().name()),
                new Cell.Text(employer.address()),
                new Cell.Text(texts.say(language, "employer.trade." + employer.trade())),
                new Cell.Text(texts.say(language, "employer.ownership." + employer.ownership())),
                number(staff.map(Employer.Staff::workers)),
                number(staff.map(Employer.Staff::women)),
                number(staff.map(Employer.Staff::newForm)),
                new Cell.Text(
                        staff.map(counted -> counted.countedOn().toString()).orElse("")),
                new Cell.Text(row.union().map(UnionSummary::name).orElse("")));
    }

    /** What nobody counted is blank, not 0. */
    private static Cell number(Optional<Integer> counted) {
        return counted.<Cell>map(Cell.Count::new).orElse(Cell.BLANK);
    }

    @GetMapping("/{id}/new")
    @May(Right.EMPLOYER_EDIT)
    View newForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary street = employers.keeper(actor, id);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.EMPLOYER_EDIT),
                "employer/form.jte",
                new FormPage(street, Optional.empty(), Ids.next(clock)));
    }

    @PostMapping("/{id}/new")
    @May(Right.EMPLOYER_EDIT)
    View record(Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Employers.Typed typed) {
        return to(employers.record(actor, id, new EmployerId(key), typed));
    }

    @GetMapping("/of/{employer}")
    @May(Right.EMPLOYER_READ)
    View file(Actor actor, @PathVariable EmployerId employer) {
        return file(actor, employer, Map.of());
    }

    private View file(Actor actor, EmployerId id, Map<UUID, String> phone) {
        Employer employer = employers.get(actor, id);
        UnionSummary street = unions.living(employer.street());
        boolean mayEdit = actor.reach(Right.EMPLOYER_EDIT).covers(street.path());
        return pages.desk(
                actor,
                unions.home(actor, Right.EMPLOYER_READ),
                "employer/file.jte",
                new FilePage(
                        employer,
                        street,
                        employer.union().map(unions::living),
                        lists.underWay(actor, List.of(employer)).values().stream()
                                .findFirst(),
                        employers.headcounts(actor, id),
                        employers.employments(),
                        mayEdit ? files.contacts(employer) : List.of(),
                        files.services(employer),
                        files.history(actor, employer),
                        mayEdit,
                        phone,
                        Ids.next(clock)));
    }

    @GetMapping("/of/{employer}/correction")
    @May(Right.EMPLOYER_EDIT)
    View correctionForm(Actor actor, @PathVariable EmployerId employer) {
        Employer found = employers.get(actor, employer);
        UnionSummary street = unions.get(actor, unions.living(found.street()).id(), Right.EMPLOYER_EDIT);
        return pages.desk(
                actor,
                unions.scope(actor, street.id(), Right.EMPLOYER_EDIT),
                "employer/form.jte",
                new FormPage(street, Optional.of(found), Ids.next(clock)));
    }

    @PostMapping("/of/{employer}/correction")
    @May(Right.EMPLOYER_EDIT)
    View correct(Actor actor, @PathVariable EmployerId employer, @ModelAttribute Employers.Typed typed) {
        employers.correct(actor, employer, typed);
        return to(employer);
    }

    @PostMapping("/of/{employer}/headcounts")
    @May(Right.EMPLOYER_EDIT)
    View count(Actor actor, @PathVariable EmployerId employer, @RequestParam Map<String, String> typed) {
        employers.count(
                actor,
                employer,
                new Employers.Count(typed.get("countedOn"), typed.get("workers"), typed.get("women"), typed));
        return to(employer);
    }

    @PostMapping("/of/{employer}/contacts")
    @May(Right.EMPLOYER_EDIT)
    View addContact(
            Actor actor,
            @PathVariable EmployerId employer,
            @RequestParam UUID key,
            @ModelAttribute EmployerFiles.NewContact typed) {
        files.addContact(actor, employer, key, typed);
        return to(employer);
    }

    @PostMapping("/of/{employer}/contacts/{contact}/end")
    @May(Right.EMPLOYER_EDIT)
    View endContact(Actor actor, @PathVariable EmployerId employer, @PathVariable UUID contact) {
        files.endContact(actor, employer, contact);
        return to(employer);
    }

    /** The file with one phone number open. */
    @PostMapping("/of/{employer}/contacts/{contact}/looks")
    @May(Right.EMPLOYER_EDIT)
    View look(Actor actor, @PathVariable EmployerId employer, @PathVariable UUID contact) {
        return file(actor, employer, Map.of(contact, files.phone(actor, employer, contact)));
    }

    @PostMapping("/of/{employer}/services")
    @May(Right.EMPLOYER_EDIT)
    View ask(
            Actor actor,
            @PathVariable EmployerId employer,
            @RequestParam UUID key,
            @RequestParam(required = false) @Nullable String asked) {
        files.ask(actor, employer, key, asked);
        return to(employer);
    }

    @PostMapping("/of/{employer}/services/{service}/promise")
    @May(Right.EMPLOYER_EDIT)
    View promise(
            Actor actor,
            @PathVariable EmployerId employer,
            @PathVariable UUID service,
            @RequestParam(required = false) @Nullable String promised,
            @RequestParam(required = false) @Nullable String promisedBy) {
        files.promise(actor, employer, service, promised, promisedBy);
        return to(employer);
    }

    @PostMapping("/of/{employer}/services/{service}/done")
    @May(Right.EMPLOYER_EDIT)
    View fulfil(
            Actor actor,
            @PathVariable EmployerId employer,
            @PathVariable UUID service,
            @RequestParam(required = false) @Nullable String done) {
        files.fulfil(actor, employer, service, done);
        return to(employer);
    }

    @PostMapping("/of/{employer}/union")
    @May(Right.EMPLOYER_EDIT)
    View joins(Actor actor, @PathVariable EmployerId employer, @RequestParam(required = false) @Nullable String union) {
        employers.joins(actor, employer, union);
        return to(employer);
    }

    @PostMapping("/of/{employer}/union/end")
    @May(Right.EMPLOYER_EDIT)
    View leaves(Actor actor, @PathVariable EmployerId employer) {
        employers.leaves(actor, employer);
        return to(employer);
    }

    @PostMapping("/of/{employer}/closing")
    @May(Right.EMPLOYER_EDIT)
    View close(Actor actor, @PathVariable EmployerId employer) {
        employers.close(actor, employer);
        return to(employer);
    }

    @PostMapping("/of/{employer}/opening")
    @May(Right.EMPLOYER_EDIT)
    View open(Actor actor, @PathVariable EmployerId employer) {
        employers.open(actor, employer);
        return to(employer);
    }

    private static View to(EmployerId employer) {
        return LocalAddress.redirect("/desk/employers/of/" + employer);
    }
}
