package org.gonghui.enrolment;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.Frame;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.Enlisting;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.SheetFormat;
import org.gonghui.sheet.SheetWriter;
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

    /** A list, and what is wrong with its first rows. */
    record ListPage(UnionSummary union, Enrolments.Looked looked, List<EnrolmentStore.Bad> faults) {

        static List<Enlisting.Outcome> outcomes() {
            return List.of(Enlisting.Outcome.values());
        }

        static int rowsNamed() {
            return Enrolments.ROWS_NAMED;
        }

        /** A fault as a sentence, the heading of its column in front. */
        static String sentence(Frame frame, BadInput.Fault fault) {
            return frame.t(
                    "enrolment.note",
                    frame.t("enrolment.column." + fault.field()),
                    frame.t("input." + fault.key(), fault.facts().toArray()));
        }
    }

    private final Enrolments enrolments;
    private final ListFile file;
    private final Unions unions;
    private final Pages pages;
    private final Texts texts;
    private final Clock clock;

    EnrolmentDesk(Enrolments enrolments, ListFile file, Unions unions, Pages pages, Texts texts, Clock clock) {
        this.enrolments = enrolments;
        this.file = file;
        this.unions = unions;
        this.pages = pages;
        this.texts = texts;
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
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        return (model, request, response) -> {
            Language language = Pages.language(request);
            send(response, texts.say(language, "enrolment.template"), as, headings(language), sheet -> {});
        };
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
        byte[] content = sent == null ? new byte[0] : sent.getBytes();
        String name = sent == null
                ? ""
                : Optional.ofNullable(sent.getOriginalFilename()).orElse("");
        enrolments.send(actor, Enrolments.Sending.of(id, key, people, name), content);
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
                        enrolments.faults(actor, list, FAULTS_SHOWN)));
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
    View faults(Actor actor, @PathVariable UUID list, HttpServletRequest request) {
        Language language = Pages.language(request);
        enrolments.takeFaults(actor, list);
        List<String> headings = new ArrayList<>(headings(language));
        headings.add(texts.say(language, "enrolment.why"));
        return (model, asked, response) -> send(
                response,
                texts.say(language, "enrolment.faults"),
                SheetFormat.XLSX,
                headings,
                sheet -> enrolments.eachFault(actor, list, row -> sheet.texts(faultRow(row, language))));
    }

    private List<String> faultRow(EnrolmentStore.Bad row, Language language) {
        List<String> cells = new ArrayList<>(row.cells());
        cells.add(row.faults().stream()
                .map(fault -> texts.say(
                        language,
                        "enrolment.note",
                        file.heading(fault.field(), language),
                        texts.say(
                                language, "input." + fault.key(), fault.facts().toArray())))
                .collect(Collectors.joining(" ")));
        return cells;
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

    private static void send(
            HttpServletResponse response,
            String name,
            SheetFormat format,
            List<String> headings,
            Consumer<SheetWriter> rows)
            throws IOException {
        Downloads.table(response, Downloads.name(format.extension(), name), format, name, headings, rows);
    }

    private static View to(UUID list) {
        return LocalAddress.redirect("/desk/enrolments/lists/" + list);
    }
}
