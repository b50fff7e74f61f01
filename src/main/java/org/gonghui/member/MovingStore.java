package org.gonghui.member;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Memberships of unions that change their place or end. */
@Repository
class MovingStore {

    /** What stands above a place at the two upper levels: {@code district} and {@code street}, null where it is none. */
    static final String ABOVE = """
            left join org_place district on length(place.path) >= 11 and district.path = left(place.path, 11)
                                        and district.valid_to is null and not district.estate
            left join org_place street on length(place.path) >= 17 and street.path = left(place.path, 17)
                                      and street.valid_to is null and not street.estate
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    MovingStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Lets the memberships of these unions, ended ones too, carry the places above their union as they are now. */
    void carryPlaces(List<UnionId> unions) {
        jdbc.sql("""
                        update member_membership held
                           set district_id = above.district_id, street_id = above.street_id
                          from (select place.union_id, district.union_id as district_id, street.union_id as street_id
                                  from org_place place
                        """ + ABOVE + """
                                 where place.union_id = any(:unions) and place.valid_to is null) above
                         where held.union_id = above.union_id
                           and (held.district_id is distinct from above.district_id
                                or held.street_id is distinct from above.street_id)
                        """)
                .param("unions", unions.stream().map(UnionId::value).toArray(UUID[]::new))
                .update();
    }

    /**
     * Ends every live membership of a union and begins one at another on the same day: the day given, or the day on which
     * the membership began if that is later. What that changes in the counters.
     */
    List<MonthStore.Change> goOver(UnionId union, UnionId into, LocalDate on) {
        UUID[] ended = jdbc.sql("""
                        update member_membership
                           set ended_on = greatest(began_on, :on), ended_by = 'merged-out'
                         where union_id = :union and ended_on is null
                        returning id
                        """)
                .param("on", on)
                .param("union", union.value())
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        UUID[] begun =
                Stream.generate(() -> Ids.next(clock)).limit(ended.length).toArray(UUID[]::new);
        jdbc.sql("""
                        insert into member_membership
                               (id, member_id, union_id, began_on, began_by, employment_at_start, employment,
                                district_id, street_id, spelling, number, sex)
                        select pair.begun, held.member_id, :into, held.ended_on, 'merged-in', held.employment,
                               held.employment, district.union_id, street.union_id, held.spelling, held.number, held.sex
                          from unnest(:ended, :begun) as pair (ended, begun)
                          join member_membership held on held.id = pair.ended
                          join org_place place on place.union_id = :into and place.valid_to is null
                        """ + ABOVE)
                .param("into", into.value())
                .param("ended", ended)
                .param("begun", begun)
                .update();
        List<MonthStore.Change> changes = new ArrayList<>();
        jdbc.sql("""
                        select ended_on, count(*) as people, count(*) filter (where new_form) as new_form
                          from member_membership held
                          join member_employment form on form.code = held.employment
                         where held.id = any(:ended)
                         group by ended_on
                        """).param("ended", ended).query(row -> {
            LocalDate month = row.getObject("ended_on", LocalDate.class).withDayOfMonth(1);
            int people = row.getInt("people");
            int newForm = row.getInt("new_form");
            changes.add(new MonthStore.Change(union, month, MonthStore.Column.MERGED_OUT, people));
            changes.add(new MonthStore.Change(union, month, MonthStore.Column.NEW_FORM_CHANGE, -newForm));
            changes.add(new MonthStore.Change(into, month, MonthStore.Column.MERGED_IN, people));
            changes.add(new MonthStore.Change(into, month, MonthStore.Column.NEW_FORM_CHANGE, newForm));
        });
        return changes;
    }

    boolean hasLiveMembers(UnionId union) {
        return jdbc.sql("select exists (select 1 from member_membership where union_id = :union and ended_on is null)")
                .param("union", union.value())
                .query(Boolean.class)
                .single();
    }
}
