package org.gonghui.org;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Copy;
import org.gonghui.database.Within;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Unions, their places and their officers, as they are on a day. */
@Repository
class UnionStore {

    /** A union as the tree in memory needs it. */
    record Node(
            UnionId id,
            String code,
            UnionKind kind,
            String name,
            String shortName,
            String pinyin,
            String initials,
            UnionPath path,
            boolean forNewForm,
            boolean dissolved,
            LocalDate foundedOn) {

        /** The same union in another place. */
        Node at(UnionPath otherPath, boolean ended) {
            return new Node(id, code, kind, name, shortName, pinyin, initials, otherPath, forNewForm, ended, foundedOn);
        }
    }

    /** What a change of a union needs to know of it, read with its row locked. */
    record Locked(UnionId id, UnionKind kind, LocalDate foundedOn, UnionPath path) {}

    private static final String WITHIN = Within.reach("place.path");

    private static final String ON_DAY = """
            select org_union.id, code, kind, name, short_name, pinyin, initials, path, for_new_form, estate, founded_on
              from org_union
              join org_union_name named on named.union_id = org_union.id
                   and named.valid_from <= :day and (named.valid_to is null or named.valid_to > :day)
              join org_placement place on place.union_id = org_union.id
                   and place.valid_from <= :day and (place.valid_to is null or place.valid_to > :day)
            """;

    private final JdbcClient jdbc;
    private final Copy copy;
    private final Clock clock;

    UnionStore(JdbcClient jdbc, Copy copy, Clock clock) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.clock = clock;
    }

    /**
     * Every union that there was on a day, in the order of the paths; those dissolved before it stand where their heirs
     * did.
     */
    List<Node> everyUnion(LocalDate day) {
        return jdbc.sql(ON_DAY + " order by path, estate, code")
                .param("day", day)
                .query((row, number) -> node(row))
                .list();
    }

    /** One union as it is on a day. */
    Optional<Node> union(UnionId id, LocalDate day) {
        return jdbc.sql(ON_DAY + " where org_union.id = :id and not estate")
                .param("id", id.value())
                .param("day", day)
                .query((row, number) -> node(row))
                .optional();
    }

    private static Node node(ResultSet row) throws SQLException {
        return new Node(
                new UnionId(row.getObject("id", UUID.class)),
                row.getString("code"),
                UnionKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("short_name"),
                row.getString("pinyin"),
                row.getString("initials"),
                new UnionPath(row.getString("path")),
                row.getBoolean("for_new_form"),
                row.getBoolean("estate"),
                row.getObject("founded_on", LocalDate.class));
    }

    /** The last day on which a union changed its place; empty when none ever did. */
    Optional<LocalDate> lastMove() {
        return jdbc.sql("select valid_to from org_placement where valid_to is not null order by valid_to desc limit 1")
                .query(LocalDate.class)
                .optional();
    }

    /** Locks a union that the actor reaches; empty when there is none such. */
    Optional<Locked> lock(UnionId union, Reach reach) {
        return jdbc.sql("select org_union.id, kind, founded_on, path from org_union"
                        + " join org_placement place on place.union_id = org_union.id and place.valid_to is null"
                        + " where org_union.id = :union and dissolved_on is null and " + WITHIN
                        + " for no key update of org_union")
                .param("union", union.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Locked(
                        new UnionId(row.getObject("id", UUID.class)),
                        UnionKind.valueOf(row.getString("kind")),
                        row.getObject("founded_on", LocalDate.class),
                        new UnionPath(row.getString("path"))))
                .optional();
    }

    /** Lets nobody else found or rename below this union until the transaction ends. */
    void lockNamesBelow(UnionId parent) {
        jdbc.sql("select id from org_union where id = :parent for no key update")
                .param("parent", parent.value())
                .query(UUID.class)
                .single();
    }

    /** The next number below a union, never given before; the union's row must be locked. */
    int nextChildNumber(UnionId parent) {
        jdbc.sql("update org_union set children_ever = children_ever + 1 where id = :parent")
                .param("parent", parent.value())
                .update();
        return jdbc.sql("select children_ever from org_union where id = :parent")
                .param("parent", parent.value())
                .query(Integer.class)
                .single();
    }

    boolean nameTakenBelow(@Nullable UnionId parent, String name, UnionId butNot) {
        return jdbc.sql("""
                        select exists (
                            select 1 from org_placement place
                              join org_union_name named on named.union_id = place.union_id and named.valid_to is null
                              join org_union on org_union.id = place.union_id and dissolved_on is null
                             where place.parent_id is not distinct from cast(:parent as uuid) and place.valid_to is null
                               and place.union_id <> :butNot and named.name = :name)
                        """)
                .param("parent", parent == null ? null : parent.value())
                .param("butNot", butNot.value())
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    Optional<UnionId> parentOf(UnionId union) {
        return jdbc.sql("select parent_id from org_placement where union_id = :union and valid_to is null")
                .param("union", union.value())
                .query((row, number) -> Optional.ofNullable(row.getObject("parent_id", UUID.class)))
                .optional()
                .flatMap(id -> id)
                .map(UnionId::new);
    }

    /** True when this id was given to a union before. */
    boolean exists(UnionId union) {
        return jdbc.sql("select exists (select 1 from org_union where id = :union)")
                .param("union", union.value())
                .query(Boolean.class)
                .single();
    }

    /** False when the id was given before. */
    boolean insertUnion(UnionId union, UnionKind kind, boolean forNewForm, LocalDate foundedOn) {
        return jdbc.sql("""
                        insert into org_union (id, code, kind, for_new_form, founded_on)
                        values (:id, :code, :kind, :forNewForm, :foundedOn)
                        on conflict (id) do nothing
                        """)
                        .param("id", union.value())
                        .param("code", freshCodes(1, List.of()).getFirst())
                        .param("kind", kind.name())
                        .param("forNewForm", forNewForm)
                        .param("foundedOn", foundedOn)
                        .update()
                == 1;
    }

    void insertName(UnionId union, String name, String shortName, LocalDate from) {
        Spelling spelling = Spelling.of(name);
        jdbc.sql("""
                        insert into org_union_name (id, union_id, name, short_name, pinyin, initials, valid_from)
                        values (:id, :union, :name, :shortName, :pinyin, :initials, :from)
                        """)
                .param("id", Ids.next(clock))
                .param("union", union.value())
                .param("name", name)
                .param("shortName", shortName)
                .param("pinyin", spelling.pinyin())
                .param("initials", spelling.initials())
                .param("from", from)
                .update();
    }

    void insertPlacement(UnionId union, @Nullable UnionId parent, UnionPath path, LocalDate from) {
        jdbc.sql("""
                        insert into org_placement (id, union_id, parent_id, path, valid_from)
                        values (:id, :union, :parent, :path, :from)
                        """)
                .param("id", Ids.next(clock))
                .param("union", union.value())
                .param("parent", parent == null ? null : parent.value())
                .param("path", path.value())
                .param("from", from)
                .update();
    }

    LocalDate nameInForceSince(UnionId union) {
        return jdbc.sql("select valid_from from org_union_name where union_id = :union and valid_to is null")
                .param("union", union.value())
                .query(LocalDate.class)
                .single();
    }

    void endName(UnionId union, LocalDate on) {
        jdbc.sql("update org_union_name set valid_to = :on where union_id = :union and valid_to is null")
                .param("union", union.value())
                .param("on", on)
                .update();
    }

    /** Corrects the name in force, for a name that was given on the very day of its correction. */
    void correctName(UnionId union, String name, String shortName) {
        Spelling spelling = Spelling.of(name);
        jdbc.sql("""
                        update org_union_name
                           set name = :name, short_name = :shortName, pinyin = :pinyin, initials = :initials
                         where union_id = :union and valid_to is null
                        """)
                .param("union", union.value())
                .param("name", name)
                .param("shortName", shortName)
                .param("pinyin", spelling.pinyin())
                .param("initials", spelling.initials())
                .update();
    }

    /** What stands on a union's own row, if the actor reaches it. */
    record Own(LocalDate foundedOn, boolean forNewForm) {}

    Optional<Own> own(UnionId union, Reach reach) {
        return jdbc.sql("select founded_on, for_new_form from org_union"
                        + " join org_placement place on place.union_id = org_union.id and place.valid_to is null"
                        + " where org_union.id = :union and " + WITHIN)
                .param("union", union.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) ->
                        new Own(row.getObject("founded_on", LocalDate.class), row.getBoolean("for_new_form")))
                .optional();
    }

    List<UnionFile.Name> names(UnionId union) {
        return jdbc.sql("""
                        select name, short_name, valid_from, valid_to
                          from org_union_name where union_id = :union order by valid_from desc
                        """)
                .param("union", union.value())
                .query((row, number) ->
                        new UnionFile.Name(row.getString("name"), row.getString("short_name"), from(row), to(row)))
                .list();
    }

    List<UnionFile.Place> places(UnionId union) {
        return jdbc.sql("""
                        select parent_id, valid_from, valid_to
                          from org_placement where union_id = :union and not estate order by valid_from desc
                        """)
                .param("union", union.value())
                .query((row, number) -> {
                    UUID parent = row.getObject("parent_id", UUID.class);
                    return new UnionFile.Place(parent == null ? null : new UnionId(parent), from(row), to(row));
                })
                .list();
    }

    List<UnionFile.Staff> staff(UnionId union) {
        return jdbc.sql("""
                        select id, position, name, qualification, valid_from, valid_to
                          from org_staff where union_id = :union
                         order by valid_to is not null, valid_from, id
                        """)
                .param("union", union.value())
                .query((row, number) -> new UnionFile.Staff(
                        row.getObject("id", UUID.class),
                        UnionFile.Position.valueOf(row.getString("position")),
                        row.getString("name"),
                        row.getString("qualification"),
                        from(row),
                        to(row)))
                .list();
    }

    /** False when the id was given before. */
    boolean insertStaff(UnionId union, UnionFile.Staff staff) {
        return jdbc.sql("""
                        insert into org_staff (id, union_id, position, name, qualification, valid_from)
                        values (:id, :union, :position, :name, :qualification, :from)
                        on conflict (id) do nothing
                        """)
                        .param("id", staff.id())
                        .param("union", union.value())
                        .param("position", staff.position().name())
                        .param("name", staff.name())
                        .param("qualification", staff.qualification())
                        .param("from", staff.from())
                        .update()
                == 1;
    }

    /** Ends an officer's time; empty when there is none such, else the name. */
    Optional<String> endStaff(UnionId union, UUID staff, LocalDate on) {
        return end("org_staff", union, staff, on);
    }

    List<UnionFile.Body> bodies(UnionId union) {
        return jdbc.sql("""
                        select id, kind, name, valid_from, valid_to
                          from org_body where union_id = :union
                         order by valid_to is not null, valid_from, id
                        """)
                .param("union", union.value())
                .query((row, number) -> new UnionFile.Body(
                        row.getObject("id", UUID.class),
                        UnionFile.BodyKind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        from(row),
                        to(row)))
                .list();
    }

    /** False when the id was given before. */
    boolean insertBody(UnionId union, UnionFile.Body body) {
        return jdbc.sql("""
                        insert into org_body (id, union_id, kind, name, valid_from)
                        values (:id, :union, :kind, :name, :from)
                        on conflict (id) do nothing
                        """)
                        .param("id", body.id())
                        .param("union", union.value())
                        .param("kind", body.kind().name())
                        .param("name", body.name())
                        .param("from", body.from())
                        .update()
                == 1;
    }

    /** Dissolves a committee or branch; empty when there is none such, else the name. */
    Optional<String> endBody(UnionId union, UUID body, LocalDate on) {
        return end("org_body", union, body, on);
    }

    private Optional<String> end(String table, UnionId union, UUID id, LocalDate on) {
        Optional<String> name = jdbc.sql("select name from " + table
                        + " where id = :id and union_id = :union and valid_to is null for update")
                .param("id", id)
                .param("union", union.value())
                .query(String.class)
                .optional();
        if (name.isPresent()) {
            // What began today and ends today was never in force: half-open days leave nothing of it.
            jdbc.sql("delete from " + table + " where id = :id and valid_from >= :on")
                    .param("id", id)
                    .param("on", on)
                    .update();
            jdbc.sql("update " + table + " set valid_to = :on where id = :id")
                    .param("id", id)
                    .param("on", on)
                    .update();
        }
        return name;
    }

    List<UnionId> affiliations(UnionId union) {
        return jdbc.sql("""
                        select federation_id from org_affiliation
                         where union_id = :union and valid_to is null order by valid_from
                        """)
                .param("union", union.value())
                .query((row, number) -> new UnionId(row.getObject("federation_id", UUID.class)))
                .list();
    }

    void insertAffiliation(UnionId union, UnionId federation, LocalDate from) {
        jdbc.sql("""
                        insert into org_affiliation (id, union_id, federation_id, valid_from)
                        values (:id, :union, :federation, :from)
                        """)
                .param("id", Ids.next(clock))
                .param("union", union.value())
                .param("federation", federation.value())
                .param("from", from)
                .update();
    }

    /** So many codes that no union has or had, and that are none of these either. */
    List<String> freshCodes(int count, List<String> butNot) {
        List<String> codes = new ArrayList<>(count);
        while (codes.size() < count) {
            codes.addAll(jdbc.sql("""
                            select code from (select nextval('org_union_code')::text as code
                                                from generate_series(1, :count)) fresh
                             where not code = any (:butNot)
                               and not exists (select 1 from org_union where org_union.code = fresh.code)
                            """)
                    .param("count", count - codes.size())
                    .param("butNot", butNot.toArray(String[]::new))
                    .query(String.class)
                    .list());
        }
        return codes;
    }

    /** Loads many unions at once, each with the code at its place. */
    void load(List<Unions.Established> unions, List<String> codes) {
        Iterator<String> code = codes.iterator();
        try (Copy.Rows rows = copy.into("org_union (id, code, kind, for_new_form, founded_on, children_ever)")) {
            for (Unions.Established union : unions) {
                rows.row(
                        union.id(),
                        code.next(),
                        union.kind().name(),
                        union.forNewForm(),
                        union.foundedOn(),
                        union.children());
            }
        }
        // Foreign keys are checked by plans that this connection may have made when there were a few unions.
        jdbc.sql("analyze org_union").update();
        try (Copy.Rows rows =
                copy.into("org_union_name (id, union_id, name, short_name, pinyin, initials, valid_from)")) {
            for (Unions.Established union : unions) {
                Spelling spelling = Spelling.of(union.name());
                rows.row(
                        Ids.next(clock),
                        union.id(),
                        union.name(),
                        union.shortName(),
                        spelling.pinyin(),
                        spelling.initials(),
                        union.foundedOn());
            }
        }
        try (Copy.Rows rows = copy.into("org_placement (id, union_id, parent_id, path, valid_from)")) {
            for (Unions.Established union : unions) {
                rows.row(Ids.next(clock), union.id(), union.parent(), union.path(), union.foundedOn());
            }
        }
        try (Copy.Rows rows = copy.into("org_staff (id, union_id, position, name, qualification, valid_from)")) {
            for (Unions.Established union : unions) {
                if (!union.chair().isEmpty()) {
                    rows.row(
                            Ids.next(clock),
                            union.id(),
                            UnionFile.Position.CHAIR.name(),
                            union.chair(),
                            "",
                            union.chairSince());
                }
            }
        }
    }

    void analyse() {
        jdbc.sql("analyze org_union_name, org_placement").update();
    }

    private static LocalDate from(ResultSet row) throws SQLException {
        return row.getObject("valid_from", LocalDate.class);
    }

    private static @Nullable LocalDate to(ResultSet row) throws SQLException {
        return row.getObject("valid_to", LocalDate.class);
    }
}
