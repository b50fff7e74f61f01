package org.gonghui.founding;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.SentFile;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;

/** One founding at the desk, from its beginning to its approval. */
@Controller
@RequestMapping("/desk/foundings")
class FoundingDesk {

    /** The form that begins one. */
    record BeginningPage(Employer employer, UnionSummary street, UUID formKey) {}

    /**
     * One founding.
     *
     * @param superior the union that decides, or would: the street's own as long as nothing is applied for
     * @param union the one that was founded
     */
    record FoundingPage(
            Foundings.File file,
            UnionSummary street,
            UnionSummary superior,
            Optional<UnionSummary> union,
            List<Audit.Entry> history,
            UUID formKey) {

        Founding founding() {
            return file.founding();
        }

        /** The step that leads on, of those that a press does; null where that is the application or a decision. */
        @Nullable
        Stage forward() {
            return switch (founding().stage()) {
                case VERIFIED, GIVEN_UP -> Stage.CONTACTED;
                case CONTACTED -> Stage.PREPARING;
                default -> null;
            };
        }

        /** Unions are called after their employers, in Chinese whoever reads. */
        String usualName() {
            return file.employers().getFirst().name() + (founding().joint() ? "等单位联合工会" : "工会");
        }

        static List<Founding.PaperKind> paperKinds() {
            return List.of(Founding.PaperKind.values());
        }

        static List<String> positions() {
            return Officers.POSITIONS;
        }

        static int officers() {
            return Foundings.MOST_OFFICERS;
        }

        static int largestPaper() {
            return Papers.LARGEST / 1_000_000;
        }

        FoundingClass foundingClass() {
            return founding().joint()
                    ? FoundingClass.JOINT
                    : FoundingClass.separate(file.employers().getFirst().ownership(), file.workers());
        }

        /** What is left to do before it can be applied for; words of {@code founding.missing}. */
        List<String> missing() {
            return ApplicationRules.words(file);
        }
    }

    /** What an approval came to: the links for new sign-ins, shown this once. */
    record ApprovedPage(UnionSummary union, List<ApproveFounding.Invited> invited, String publicUrl) {}

    private final Foundings foundings;
    private final ApproveFounding approving;
    private final Papers papers;
    private final Employers employers;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;
    private final String publicUrl;

    FoundingDesk(
            Foundings foundings,
            ApproveFounding approving,
            Papers papers,
            Employers employers,
            Unions unions,
            Pages pages,
            Clock clock,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.foundings = foundings;
        this.approving = approving;
        this.papers = papers;
        this.employers = employers;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** The founding under way for an employer, or the form that begins one. */
    @GetMapping("/for/{employer}")
    @May(Right.EMPLOYER_EDIT)
    View forEmployer(Actor actor, @PathVariable EmployerId employer) {
        Optional<FoundingId> open = foundings.open(actor, employer);
        if (open.isPresent()) {
            return to(open.get());
        }
        Employer found = employers.get(actor, employer);
        UnionSummary street = unions.get(actor, unions.living(found.street()).id(), Right.EMPLOYER_EDIT);
        return pages.desk(
                actor,
                unions.scope(actor, street.id(), Right.EMPLOYER_EDIT),
                "founding/beginning.jte",
                new BeginningPage(found, street, Ids.next(clock)));
    }

    @PostMapping("/for/{employer}")
    @May(Right.EMPLOYER_EDIT)
    View begin(
            Actor actor,
            @PathVariable EmployerId employer,
            @RequestParam UUID key,
            @RequestParam(required = false) @Nullable String note) {
        return to(foundings.begin(actor, employer, new FoundingId(key), note));
    }

    @GetMapping("/of/{founding}")
    @May(Right.EMPLOYER_READ)
    View founding(Actor actor, @PathVariable FoundingId founding) {
        Foundings.File file = foundings.file(actor, founding);
        UnionSummary street = unions.living(file.founding().street());
        return pages.desk(
                actor,
                unions.home(actor, Right.EMPLOYER_READ),
                "founding/founding.jte",
                new FoundingPage(
                        file,
                        street,
                        file.founding()
                                .application()
                                .map(application -> unions.living(application.superior()))
                                .orElse(street),
                        file.founding().approval().map(approval -> unions.living(approval.union())),
                        foundings.history(actor, founding.value()),
                        Ids.next(clock)));
    }

    @PostMapping("/of/{founding}/steps")
    @May(Right.EMPLOYER_EDIT)
    View go(
            Actor actor,
            @PathVariable FoundingId founding,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String note) {
        foundings.go(actor, founding, stage, note);
        return to(founding);
    }

    @PostMapping("/of/{founding}/employers")
    @May(Right.EMPLOYER_EDIT)
    View add(
            Actor actor, @PathVariable FoundingId founding, @RequestParam(required = false) @Nullable String employer) {
        foundings.add(actor, founding, employer);
        return to(founding);
    }

    @PostMapping("/of/{founding}/employers/{employer}/end")
    @May(Right.EMPLOYER_EDIT)
    View remove(Actor actor, @PathVariable FoundingId founding, @PathVariable EmployerId employer) {
        foundings.remove(actor, founding, employer);
        return to(founding);
    }

    @PostMapping("/of/{founding}/papers")
    @May(Right.EMPLOYER_EDIT)
    View attach(
            Actor actor,
            @PathVariable FoundingId founding,
            @RequestParam UUID key,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile sent)
            throws IOException {
        SentFile file = SentFile.of(sent);
        papers.attach(actor, founding, key, kind, file.name(), file.content());
        return to(founding);
    }

    /** A paper, to be kept: no browser opens it within the platform's own pages. */
    @GetMapping("/of/{founding}/papers/{paper}")
    @May(Right.EMPLOYER_READ)
    View paper(Actor actor, @PathVariable FoundingId founding, @PathVariable UUID paper) {
        Papers.Content content = papers.open(actor, founding, paper);
        return (model, request, response) -> send(response, content);
    }

    private static void send(HttpServletResponse response, Papers.Content content) throws IOException {
        Downloads.send(
                response, content.paper().fileName(), content.paper().mediaType(), out -> out.write(content.bytes()));
    }

    @PostMapping("/of/{founding}/papers/{paper}/end")
    @May(Right.EMPLOYER_EDIT)
    View removePaper(Actor actor, @PathVariable FoundingId founding, @PathVariable UUID paper) {
        papers.remove(actor, founding, paper);
        return to(founding);
    }

    @PostMapping("/of/{founding}/application")
    @May(Right.EMPLOYER_EDIT)
    View apply(Actor actor, @PathVariable FoundingId founding, @RequestParam Map<String, String> typed) {
        foundings.apply(actor, founding, Foundings.Applying.of(typed));
        return to(founding);
    }

    @PostMapping("/of/{founding}/rejection")
    @May(Right.UNION_FOUND)
    View reject(
            Actor actor,
            @PathVariable FoundingId founding,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable String note) {
        foundings.reject(actor, founding, seen, note);
        return to(founding);
    }

    @PostMapping("/of/{founding}/approval")
    @May(Right.UNION_FOUND)
    View approve(Actor actor, @PathVariable FoundingId founding, @RequestParam Map<String, String> typed) {
        ApproveFounding.Approved approved = approving.approve(actor, founding, typed.get("seen"), typed);
        if (approved.invited().isEmpty()) {
            return to(founding);
        }
        return pages.desk(
                actor,
                unions.scope(actor, approved.union(), Right.UNION_FOUND),
                "founding/approved.jte",
                new ApprovedPage(
                        unions.get(actor, approved.union(), Right.UNION_FOUND), approved.invited(), publicUrl));
    }

    private static View to(FoundingId founding) {
        return LocalAddress.redirect("/desk/foundings/of/" + founding);
    }
}
