package org.gonghui.why;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.access.Explanations;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.MemberFiles;
import org.gonghui.member.MemberId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Why can, or can't, I see this? One screen: what is asked about, for whom, and the answer for each thing one may do. */
@Controller
class WhyDesk {

    /** What may be done about a union, and about a person on record. */
    private static final List<Right> OF_A_UNION = List.of(
            Right.UNION_READ,
            Right.FIGURE_READ,
            Right.MEMBER_READ,
            Right.MEMBER_APPROVE,
            Right.UNION_EDIT,
            Right.UNION_FOUND,
            Right.NOTICE_SEND,
            Right.APPOINT,
            Right.AUDIT_READ);

    private static final List<Right> OF_A_PERSON =
            List.of(Right.MEMBER_READ, Right.MEMBER_OPEN, Right.MEMBER_EDIT, Right.MEMBER_MERGE, Right.MEMBER_APPROVE);

    /** Those that go by every union on a person's record; the others by the one that keeps it. */
    private static final Right BY_EVERY_UNION = Right.MEMBER_READ;

    private static final Pattern MEMBER_NUMBER = Pattern.compile("\\d{8,12}");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{11,17}[0-9Xx]?");
    private static final String ID = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";
    private static final Pattern PERSONS_ADDRESS = Pattern.compile("/(?:people|m)/" + ID);
    private static final Pattern ADDRESS = Pattern.compile(ID);
    private static final int MOST_FOUND = 8;

    /**
     * What is asked about.
     *
     * @param union the union, or the one of the person's record that the reader knows
     * @param within true when it lies in the reader's own part of the tree
     * @param person the person on record; empty when it is about a union
     */
    record Subject(
            UnionSummary union, List<UnionSummary> above, boolean within, Optional<MemberFiles.OnRecord> person) {

        String parameters() {
            return person.map(of -> "member=" + of.member()).orElse("union=" + union.id());
        }

        /** Where a right is asked for: being there at one of these is enough. */
        List<UnionPath> places(Right right) {
            return person
                    .map(of ->
                            right == BY_EVERY_UNION ? of.unions() : of.unions().subList(0, 1))
                    .orElse(List.of(union))
                    .stream()
                    .map(UnionSummary::path)
                    .toList();
        }
    }

    /** An appointment as the reader may know it: the union is empty outside their part of the tree. */
    record Line(Explanations.Holding holding, Optional<UnionSummary> union) {}

    /** One answer, with the appointment that it speaks of. */
    record Answer(Explanations.Verdict verdict, Optional<Line> line) {}

    /** Who sees the subject, at one union. */
    record Watcher(Explanations.Watch watch, Optional<UnionSummary> union) {
        boolean opens() {
            return watch.role().rights().contains(Right.MEMBER_OPEN);
        }
    }

    /**
     * The screen.
     *
     * @param person for whom it is asked
     * @param isOwn true when that is the reader
     * @param asksForOthers true when the reader may ask for others
     * @param found unions to choose from, when what was typed fits several
     */
    record WhyPage(
            Explanations.Person person,
            boolean isOwn,
            boolean asksForOthers,
            List<Line> holdings,
            Optional<Subject> subject,
            List<Answer> answers,
            List<Watcher> watchers,
            List<UnionSummary> found) {

        /** Names that are written out for one role at one union. */
        static final int MOST_NAMES = 12;

        String who() {
            return isOwn ? "" : "&account=" + person.account();
        }
    }

    private final Explanations explanations;
    private final MemberFiles files;
    private final Unions unions;
    private final Pages pages;

    WhyDesk(Explanations explanations, MemberFiles files, Unions unions, Pages pages) {
        this.explanations = explanations;
        this.files = files;
        this.unions = unions;
        this.pages = pages;
    }

    @Bean
    static WorkArea whyArea() {
        return new WorkArea("desk.group.organisation", "why.area", "eye", "/desk/why", Right.UNION_READ, 195);
    }

    @GetMapping("/desk/why")
    @May(Right.UNION_READ)
    View why(
            Actor actor,
            @RequestParam(required = false) Optional<UnionId> union,
            @RequestParam(required = false) Optional<MemberId> member,
            @RequestParam(required = false) Optional<UUID> account,
            @RequestParam(required = false) @Nullable String at) {
        Optional<Subject> subject = Optional.empty();
        if (member.isPresent()) {
            subject = member.flatMap(id -> person(actor, id));
        } else if (union.isPresent()) {
            subject = union.flatMap(id -> union(actor, id));
        } else if (at != null) {
            subject = byAddress(actor, at);
        }
        boolean named = at != null && ADDRESS.matcher(at).find();
        if (subject.isEmpty() && (member.isPresent() || union.isPresent() || named)) {
            refuse("what", "why-nothing");
        }
        return page(actor, subject, account.map(AccountId::new), List.of());
    }

    /** Finds what is asked about and for whom; numbers of people do not stand in addresses, so the form is sent. */
    @PostMapping("/desk/why")
    @May(Right.UNION_READ)
    View find(
            Actor actor,
            @RequestParam(required = false) @Nullable String what,
            @RequestParam(required = false) @Nullable String who) {
        String login = CleanText.line(who);
        Optional<Explanations.Person> person = login.isEmpty() ? Optional.empty() : explanations.person(actor, login);
        var input = new Input();
        if (!login.isEmpty() && person.isEmpty()) {
            input.fault("who", "why-nobody");
        }
        String text = CleanText.line(what);
        if (text.isEmpty()) {
            input.fault("what", "empty");
        } else if (LONG_NUMBER.matcher(text.replace(" ", "")).matches()) {
            input.fault("what", "why-number");
        }
        input.check();
        Optional<Subject> subject = MEMBER_NUMBER.matcher(text).matches()
                ? files.onRecord(actor, Long.parseLong(text)).map(of -> person(actor, of))
                : byAddress(actor, text).or(() -> unions.byCode(text).map(union -> union(actor, union)));
        List<UnionSummary> found = subject.isPresent() ? List.of() : unions.search(actor, text, MOST_FOUND);
        if (found.size() == 1) {
            subject = Optional.of(union(actor, found.getFirst()));
        } else if (!found.isEmpty()) {
            return page(actor, Optional.empty(), person.map(Explanations.Person::account), found);
        }
        if (subject.isEmpty()) {
            refuse("what", "why-nothing");
        }
        return LocalAddress.redirect("/desk/why?" + subject.orElseThrow().parameters()
                + person.map(of -> "&account=" + of.account()).orElse(""));
    }

    private static void refuse(String field, String fault) {
        var input = new Input();
        input.fault(field, fault);
        input.check();
    }

    /** What a page of the platform is about, by the id in its address. */
    private Optional<Subject> byAddress(Actor actor, String address) {
        return idIn(PERSONS_ADDRESS, address)
                .flatMap(id -> person(actor, new MemberId(id)))
                .or(() -> idIn(ADDRESS, address).flatMap(id -> union(actor, new UnionId(id))));
    }

    private static Optional<UUID> idIn(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(UUID.fromString(found.group(1))) : Optional.empty();
    }

    private Optional<Subject> union(Actor actor, UnionId id) {
        return unions.named(id).map(union -> union(actor, union));
    }

    /** Names and codes of unions are no secret; what is in them is. */
    private Subject union(Actor actor, UnionSummary union) {
        return new Subject(
                union, unions.above(union), actor.reach(Right.UNION_READ).covers(union.path()), Optional.empty());
    }

    private Optional<Subject> person(Actor actor, MemberId id) {
        return files.onRecord(actor, id).map(of -> person(actor, of));
    }

    private Subject person(Actor actor, MemberFiles.OnRecord of) {
        UnionSummary known = of.unions().stream()
                .filter(union -> actor.reach(Right.MEMBER_READ).covers(union.path()))
                .findFirst()
                .orElseThrow();
        return new Subject(known, unions.above(known), true, Optional.of(of));
    }

    private View page(Actor actor, Optional<Subject> subject, Optional<AccountId> who, List<UnionSummary> found) {
        AccountId own = actor.account().orElseThrow();
        Explanations.Person person =
                who.flatMap(account -> explanations.person(actor, account)).orElse(null);
        if (person == null) {
            if (who.isPresent()) {
                refuse("who", "why-nobody");
            }
            person = explanations.person(actor, own).orElseThrow();
        }
        boolean isOwn = person.account().equals(own);
        if (!isOwn && subject.filter(of -> !keeps(actor, of)).isPresent()) {
            refuse("what", "why-nothing");
        }
        List<Explanations.Holding> holdings = explanations.holdings(person.account());
        List<Answer> answers =
                subject.map(of -> answers(actor, isOwn, of, holdings)).orElse(List.of());
        List<Watcher> watchers =
                subject.filter(Subject::within).map(of -> watchers(actor, of)).orElse(List.of());
        return pages.desk(
                actor,
                unions.home(actor, Right.UNION_READ),
                "why/why.jte",
                new WhyPage(
                        person,
                        isOwn,
                        actor.may(Right.APPOINT),
                        holdings.stream()
                                .map(holding -> line(actor, isOwn, holding))
                                .toList(),
                        subject,
                        answers,
                        watchers,
                        found));
    }

    /** Asked union by union, the answers for somebody else would say where outside the reader's part they are appointed. */
    private static boolean keeps(Actor actor, Subject subject) {
        return actor.reach(Right.APPOINT).covers(subject.union().path());
    }

    private List<Answer> answers(Actor actor, boolean isOwn, Subject subject, List<Explanations.Holding> holdings) {
        return (subject.person().isPresent() ? OF_A_PERSON : OF_A_UNION)
                .stream()
                        .map(right -> Explanations.explain(holdings, right, subject.places(right)))
                        .map(verdict -> new Answer(verdict, verdict.by().map(holding -> line(actor, isOwn, holding))))
                        .toList();
    }

    /** Of somebody else's appointments elsewhere it is said that there is one, not where. */
    private Line line(Actor actor, boolean isOwn, Explanations.Holding holding) {
        boolean known = isOwn || actor.reach(Right.APPOINT).covers(holding.place());
        return new Line(holding, known ? unions.named(holding.union()) : Optional.empty());
    }

    private List<Watcher> watchers(Actor actor, Subject subject) {
        Right right = subject.person().isPresent() ? Right.MEMBER_READ : Right.UNION_READ;
        Reach reach = actor.reach(Right.UNION_READ);
        List<UnionPath> known =
                subject.places(right).stream().filter(reach::covers).toList();
        return explanations.watching(actor, right, known).stream()
                .map(watch -> new Watcher(watch, unions.named(watch.union())))
                .toList();
    }
}
