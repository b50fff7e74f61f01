package org.gonghui.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Measure;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RosterStore {

    /** Where a page begins: after this sort value and membership. */
    record Cursor(String value, UUID membership) {}

    /** Asked once, not row by row: whoever reaches the union of the list reaches everyone below it. */
    private static final String WITHIN = " exists (select 1 from org_place place where place.union_id = :union"
            + " and place.valid_to is null and " + Within.reach("place.path") + ") ";

    /** On a tree that is not today's: a record is shown to whoever answers for it today. */
    private static final String EACH_WITHIN = " exists (select 1 from org_place place"
            + " where place.union_id = held.union_id and place.valid_to is null and " + Within.reach("place.path")
            + ") ";

    /** What stood below the union on another tree than today's. */
    private static final String BELOW_THEN = " and held.union_id in (select below.union_id from org_place below"
            + " where below.valid_from <= :tree and (below.valid_to is null or below.valid_to > :tree)"
            + " and below.path >= :low and below.path < :high)";

    /**
     * A name in characters is found along the characters: how each is spelt depends on its neighbours. The words are those
     * of an index.
     */
    private static final String WRITTEN = "substr(held.spelling, strpos(held.spelling, ' ') + 1) collate \"C\"";
    /** Comes after everything that a name can go on with, in the order of its bytes. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final JdbcClient jdbc;
    private final Sealer sealer;

    RosterStore(JdbcClient jdbc, Sealer sealer) {
        this.jdbc = jdbc;
        this.sealer = sealer;
    }

    Set<UnionId> withoutMembers(Collection<UnionId> unions) {
        return Set.copyOf(jdbc.sql("""
                        select asked.id from unnest(:unions) as asked (id)
                         where not exists (select 1 from member_membership
                                            where union_id = asked.id and ended_on is null)
                        """)
                .param("unions", unions.stream().map(UnionId::value).toArray(UUID[]::new))
                .query((row, number) -> new UnionId(row.getObject("id", UUID.class)))
                .list());
    }

    /** True for the measures of those who went: their day is the one on which the membership ended. */
    static boolean isAboutEnds(Measure measure) {
        return measure.equals(Members.GONE)
                || measure.equals(Members.LEFT)
                || measure.equals(Members.RETIRED)
                || measure.equals(Members.DIED)
                || measure.equals(Members.TRANSFERRED_OUT)
                || measure.equals(Members.DOUBLED);
    }

    /**
     * A run of the list, sorted by one of its keys.
     *
     * @param shown how much of what a person is known by is read too
     */
    List<Roster.Row> rows(
            Roster.Question question, Reach reach, Optional<Cursor> after, int atMost, Roster.Shown shown) {
        boolean numbers = shown != Roster.Shown.NO_NUMBERS;
        boolean latestFirst = question.sort() == Roster.Sort.DAY;
        String key = switch (question.sort()) {
            case NAME -> isWritten(question) ? WRITTEN : "held.spelling collate \"C\"";
            case DAY -> isAboutEnds(question.measure()) ? "held.ended_on" : "held.began_on";
            case NUMBER -> "held.number";
        };
        Optional<Object> from = after.flatMap(cursor -> value(question.sort(), cursor.value()));
        String beyond = from.isEmpty()
                ? ""
                : " and (%s, held.id) %s (:value, :membership)".formatted(key, latestFirst ? "<" : ">");
        String direction = latestFirst ? " desc" : "";
        var statement = asked(
                "select held.id as membership_id, held.member_id, held.number, held.spelling, held.sex, held.employment,"
                        + " held.union_id, held.began_on, held.ended_on"
                        + (numbers ? ", member.birth_date, member.identity_sealed, member.phone_sealed" : "")
                        + " from member_membership held"
                        + (numbers ? " join member on member.id = held.member_id" : ""),
                question,
                reach,
                beyond + " order by " + key + direction + ", held.id" + direction + " limit "
                        + atMost); // a number the planner sees: it then walks the index
        from.ifPresent(value -> statement
                .param("value", value)
                .param("membership", after.orElseThrow().membership()));
        return statement.query((row, number) -> row(row, shown)).list();
    }

    /** How many there are, counted up to a limit. */
    long count(Roster.Question question, Reach reach, int atMost) {
        return asked(
                        "select count(*) from (select 1 from member_membership held",
                        question,
                        reach,
                        " limit :atMost) found")
                .param("atMost", atMost)
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec asked(String select, Roster.Question question, Reach reach, String rest) {
        boolean joinsForm = question.measure().equals(Members.NEW_FORM)
                || question.measure().equals(Members.JOINED_NEW_FORM);
        String form = question.measure().equals(Members.JOINED_NEW_FORM) ? "employment_at_start" : "employment";
        var statement = jdbc.sql(select
                        + (joinsForm ? " join member_employment form on form.code = held." + form : "")
                        + " where " + counted(question)
                        + (joinsForm ? " and form.new_form" : "")
                        + place(question.union().path().depth(), question.tree().isAsToday())
                        + named(question)
                        + (question.employment().isEmpty() ? "" : " and held.employment = :employment")
                        + (question.sex().isEmpty() ? "" : " and held.sex = :sex")
                        + " and " + (question.tree().isAsToday() ? WITHIN : EACH_WITHIN) + rest)
                .param("tree", question.tree().day())
                .param("from", question.period().from())
                .param("to", question.period().to())
                .param("union", question.union().id().value())
                .param("low", question.union().path().low())
                .param("high", question.union().path().high())
                .param("begins", isWritten(question) ? question.name() : spelt(question))
                .param("ends", (isWritten(question) ? question.name() : spelt(question)) + LAST)
                .param("employment", question.employment())
                .param("sex", question.sex())
                .param("lows", reach.lows())
                .param("highs", reach.highs());
        return statement;
    }

    /** Letters are the beginning of a spelling, which every list is sorted by; anything else the beginning of a name. */
    private static String named(Roster.Question question) {
        if (question.name().isEmpty()) {
            return "";
        }
        String key = isWritten(question) ? WRITTEN : "held.spelling collate \"C\"";
        return " and " + key + " >= :begins and " + key + " < :ends";
    }

    /** True when a name is looked for by its characters. */
    static boolean isWritten(Roster.Question question) {
        return !question.name().isEmpty() && !spelt(question).matches("[a-z]+");
    }

    private static String spelt(Roster.Question question) {
        return question.name().toLowerCase(Locale.ROOT).replace(" ", "");
    }

    /** The condition by which a membership is counted, as the measure's definition card says it. */
    private static String counted(Roster.Question question) {
        String began = "held.began_on >= :from and held.began_on < :to";
        String ended = "held.ended_on >= :from and held.ended_on < :to";
        return switch (question.measure().key()) {
            case "member.joined", "member.joined-new-form" -> "held.began_by = 'joined' and " + began;
            case "member.rejoined" -> "held.began_by = 'rejoined' and " + began;
            case "member.transferred-in" -> "held.began_by = 'transferred-in' and " + began;
            case "member.transferred-out" -> "held.ended_by = 'transferred-out' and " + ended;
            case "member.left" -> "held.ended_by = 'left' and " + ended;
            case "member.retired" -> "held.ended_by = 'retired' and " + ended;
            case "member.died" -> "held.ended_by = 'died' and " + ended;
            case "member.doubled" -> "held.ended_by = 'doubled' and " + ended;
            case "member.gone" -> "held.ended_by in ('left', 'retired', 'died') and " + ended;
            default ->
                question.period().isNow()
                        ? "held.ended_on is null" // the same, in the words of the index
                        : "held.began_on < :to and (held.ended_on is null or held.ended_on >= :to)";
        };
    }

    /** Cuts the list to a part of the tree by the id that the membership carries for that level. */
    private static String place(int depth, boolean asToday) {
        if (depth > 1 && !asToday) {
            return BELOW_THEN;
        }
        return switch (depth) {
            case 1 -> "";
            case 2 -> " and held.district_id = :union";
            case 3 -> " and held.street_id = :union";
            default ->
                " and held.union_id in (select below.union_id from org_place below where below.valid_to is null"
                        + " and below.path >= :low and below.path < :high)";
        };
    }

    private static Optional<Object> value(Roster.Sort sort, String text) {
        try {
            return Optional.of(
                    switch (sort) {
                        case NAME -> text;
                        case DAY -> LocalDate.parse(text);
                        case NUMBER -> Long.parseLong(text);
                    });
        } catch (DateTimeException | NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private Roster.Row row(ResultSet row, Roster.Shown shown) throws SQLException {
        var member = new MemberId(row.getObject("member_id", UUID.class));
        return new Roster.Row(
                member,
                row.getObject("membership_id", UUID.class),
                row.getLong("number"),
                nameIn(row.getString("spelling")),
                row.getString("spelling"),
                row.getString("sex"),
                switch (shown) {
                    case NO_NUMBERS -> Optional.empty();
                    case MASKED -> Optional.of(numbers(member, row, false));
                    case OPEN_WHILE_MEMBER -> Optional.of(numbers(member, row, row.getObject("ended_on") == null));
                },
                row.getString("employment"),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getObject("began_on", LocalDate.class),
                Optional.ofNullable(row.getObject("ended_on", LocalDate.class)));
    }

    /** The name stands after its spelling, which is one word. */
    private static String nameIn(String spelling) {
        return spelling.substring(spelling.indexOf(' ') + 1);
    }

    private Roster.Numbers numbers(MemberId member, ResultSet row, boolean open) throws SQLException {
        byte[] phone = row.getBytes("phone_sealed");
        IdentityNumber identity = IdentityNumber.read(
                        sealer.open(row.getBytes("identity_sealed"), MemberStore.identityPlace(member)))
                .orElseThrow();
        Optional<PhoneNumber> number =
                phone == null ? Optional.empty() : PhoneNumber.read(sealer.open(phone, MemberStore.phonePlace(member)));
        return new Roster.Numbers(
                open
                        ? identity.birthDate().toString()
                        : Integer.toString(identity.birthDate().getYear()),
                open ? identity.text() : identity.masked(),
                number.map(open ? PhoneNumber::text : PhoneNumber::masked).orElse(""));
    }
}
