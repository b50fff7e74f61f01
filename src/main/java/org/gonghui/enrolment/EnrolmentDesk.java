package org.gonghui.enrolment;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Frame;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.SentFile;
import org.gonghui.layout.Tables;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.Enlisting;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;

/** Lists of members at the desk: send one, look it through, enter it, take it back. */
@Controller
@RequestMapping("/desk/enrolments")
class EnrolmentDesk {

    private static final int FAULTS_SHOWN = 50;

    /** The form for a list, and the lists that were sent before. */
    record SendingPage(UnionSummary union, List<EnrolmentList> latest, UUID formKey) {

        static int mostRows() {
            return ListFile.MOST_ROWS;
        }

        static int partBytes() {
            return Enrolments.PART_BYTES;
        }

        static List<String> columns() {
            return ListFile.COLUMNS;
        }

        static List<Enlisting.As> people() {
            return List.of(Enlisting.As.values());
        }
    }

    /** A list, the first rows that would be entered, and what is wrong with the first rows that would not. */
    record ListPage(UnionSummary union, Enrolments.Looked looked, List<First> first, List<EnrolmentStore.Bad> faults) {

        /**
         * One of the first rows.
         *
         * @param name as it will be on record; a number that stands in its column by mistake is masked
         * @param union by name
         */
        record First(Enlisting.Entry entry, String name, String union) {}

        static List<Enlisting.Outcome> outcomes() {
            return List.of(Enlisting.Outcome.values());
        }

        static int rowsNamed() {
            return Enrolments.ROWS_NAMED;
        }

        /** Why a list cannot be read, or not yet. */
        static String why(Frame frame, EnrolmentList list) {
            Object[] facts = list.brokenFacts().stream()
                    .map(fact -> list.state() == EnrolmentList.State.UNCLEAR ? named(frame, fact) : fact)
                    .toArray();
            return frame.t(list.broken(), facts);
        }

        /** Columns that are missing stand there by their keys, a heading that stands twice as it is. */
        private static String named(Frame frame, String fact) {
            return Stream.of(fact.split(" · ", -1))
                    .map(each -> ListFile.NEEDED.contains(each) ? frame.t("enrolment.column." + each) : each)
                    .collect(Collectors.joining(frame.t("enrolment.rows.between")));
        }

        /** Whom a row with faults is about: what stands as the name there. */
        static String name(EnrolmentStore.Bad row) {
            String name = Glimpse.withoutNumbers(row.cells().getFirst());
            return name.isEmpty() ? "—" : name;
        }

        /** A fault as a sentence, the heading of its column in front. */
        static String sentence(Frame frame, BadInput.Fault fault) {
            return frame.t(
                    "layout.table.note",
                    frame.t("enrolment.column." + fault.field()),
                    frame.t("input." + fault.key(), fault.facts().toArray()));
        }
    }

    private final Enrolments enrolments;
    private final ListFile file;
    private final Unions unions;
    private final Pages pages;
    private final Tables tables;
    private final Clock clock;

    EnrolmentDesk(Enrolments enrolments, ListFile file, Unions unions, Pages pages, Tables tables, Clock clock) {
        this.enrolments = enrolments;
        this.file = file;
        this.unions = unions;
        this.pages = pages;
        this.tables = tables;
        this.clock = clock;
    }

    @Bean
    static WorkArea enrolmentArea() {
        return new WorkArea(
                "desk.group.organisation", "enrolment.area", "upload", "/desk/enrolments", Right.MEMBER_APPROVE, 122);
    }

    @GetMapping
    @May(Right.MEMBER_APPROVE)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/enrolments/" + unions.home(actor, Right.MEMBER_APPROVE).union());
    }

    @GetMapping("/{id}")
    @May(Right.MEMBER_APPROVE)
    View sendingForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.MEMBER_APPROVE);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.MEMBER_APPROVE),
                "enrolment/sending.jte",
                new SendingPage(union, enrolments.latest(actor, id), Ids.next(clock)));
    }

    /** A file without rows, to be filled in. */
    @GetMapping("/{id}/template")
    @May(Right.MEMBER_APPROVE)
    View template(Actor actor, @PathVariable UnionId id, @RequestParam(defaultValue = "XLSX") String format) {
        unions.get(actor, id, Right.MEMBER_APPROVE);
        return tables.blank("enrolment.template", format, this::headings);
    }

    @PostMapping("/{id}")
    @May(Right.MEMBER_APPROVE)
    View send(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam UUID key,
            @RequestParam(required = false) @Nullable String people,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile sent)
            throws IOException {
        unions.get(actor, id, Right.MEMBER_APPROVE);
        SentFile file = SentFile.of(sent);
        enrolments.send(actor, Enrolments.Sending.of(id, key, people, file.name()), file.content());
        return to(key);
    }

    /** The same for a file that the page sends in parts, on networks that break and however large it is. */
    @PostMapping("/{id}/beginnings")
    @May(Right.MEMBER_APPROVE)
    ResponseEntity<Void> begin(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam UUID key,
            @RequestParam(required = false) @Nullable String people,
            @RequestParam String name) {
        unions.get(actor, id, Right.MEMBER_APPROVE);
        enrolments.begin(actor, Enrolments.Sending.of(id, key, people, name));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/lists/{list}/parts/{number}")
    @May(Right.MEMBER_APPROVE)
    ResponseEntity<Void> keepPart(
            Actor actor,
            @PathVariable UUID list,
            @PathVariable int number,
            @RequestParam int of,
            HttpServletRequest request)
            throws IOException {
        enrolments.keepPart(actor, list, number, of, request.getInputStream().readNBytes(Enrolments.PART_BYTES + 1));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/lists/{list}/parts")
    @May(Right.MEMBER_APPROVE)
    ResponseEntity<Void> whole(Actor actor, @PathVariable UUID list, @RequestParam int count) {
        enrolments.whole(actor, list, count);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/lists/{list}")
    @May(Right.MEMBER_APPROVE)
    View look(Actor actor, @PathVariable UUID list) {
        Enrolments.Looked looked = enrolments.look(actor, list);
        UnionId union = looked.list().union();
        return pages.desk(
                actor,
                unions.scope(actor, union, Right.MEMBER_APPROVE),
                "enrolment/list.jte",
                new ListPage(
                        unions.get(actor, union, Right.MEMBER_APPROVE),
                        looked,
                        looked.first().stream().map(this::first).toList(),
                        enrolments.faults(actor, list, FAULTS_SHOWN)));
    }

    private ListPage.First first(Enlisting.Entry entry) {
        return new ListPage.First(
                entry,
                Glimpse.withoutNumbers(entry.name()),
                unions.named(entry.union()).map(UnionSummary::name).orElse("—"));
    }

    /** How far the reading is; once it is over, the page is asked for again. */
    @GetMapping("/lists/{list}/progress")
    @May(Right.MEMBER_APPROVE)
    View progress(Actor actor, @PathVariable UUID list, HttpServletResponse response) {
        EnrolmentList read = enrolments.get(actor, list);
        if (read.state() != EnrolmentList.State.SENT) {
            response.setHeader("HX-Refresh", "true");
        }
        return pages.part(actor, "enrolment/progress.jte", read);
    }

    /** The rows with faults, each with what is wrong with it in a last column. */
    @GetMapping("/lists/{list}/faults")
    @May(Right.MEMBER_APPROVE)
    View faults(Actor actor, @PathVariable UUID list) {
        enrolments.takeFaults(actor, list);
        return tables.wrong(
                "enrolment.faults",
                this::headings,
                (language, rows) -> enrolments.eachFault(actor, list, row -> rows.accept(wrong(row, language))));
    }

    private Tables.Wrong wrong(EnrolmentStore.Bad row, Language language) {
        return new Tables.Wrong(
                row.cells(),
                row.faults().stream()
                        .map(fault -> new Tables.Note(
                                file.heading(fault.field(), language), "input." + fault.key(), fault.facts()))
                        .toList());
    }

    @PostMapping("/lists/{list}/members")
    @May(Right.MEMBER_APPROVE)
    View enter(Actor actor, @PathVariable UUID list, @RequestParam(defaultValue = "false") boolean goodOnly) {
        enrolments.enter(actor, list, goodOnly);
        return to(list);
    }

    @PostMapping("/lists/{list}/taking-back")
    @May(Right.MEMBER_APPROVE)
    View takeBack(Actor actor, @PathVariable UUID list) {
        enrolments.takeBack(actor, list);
        return to(list);
    }

    @PostMapping("/lists/{list}/giving-up")
    @May(Right.MEMBER_APPROVE)
    View cancel(Actor actor, @PathVariable UUID list) {
        enrolments.cancel(actor, list);
        return to(list);
    }

    private List<String> headings(Language language) {
        return ListFile.COLUMNS.stream()
                .map(column -> file.heading(column, language))
                .toList();
    }

    private static View to(UUID list) {
        return LocalAddress.redirect("/desk/enrolments/lists/" + list);
    }
}
