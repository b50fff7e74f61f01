package org.gonghui.member;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.gonghui.database.BulkLoad;
import org.gonghui.database.Copy;
import org.gonghui.member.Members.Enrolled;
import org.gonghui.org.Spelling;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MemberStore {

    private static final String COUNTERS = """
            (month, union_id, opening, joined, joined_new_form, rejoined, transferred_in,
             transferred_out, left_union, retired, died, new_form_change)
            """;

    private final JdbcClient jdbc;
    private final Copy copy;
    private final BulkLoad bulkLoad;
    private final Sealer sealer;

    MemberStore(JdbcClient jdbc, Copy copy, BulkLoad bulkLoad, Sealer sealer) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.bulkLoad = bulkLoad;
        this.sealer = sealer;
    }

    long load(Consumer<Consumer<Enrolled>> rosters) {
        var count = new AtomicLong();
        bulkLoad.into(List.of("member", "member_membership"), () -> copyAll(rosters, count));
        return count.get();
    }

    private void copyAll(Consumer<Consumer<Enrolled>> rosters, AtomicLong count) {
        try (Copy.Rows rows = copy.into("""
                member (id, name, pinyin, sex, birth_date, identity_sealed, identity_blind,
                        phone_sealed, phone_blind, blind_key, employment)
                """)) {
            int key = sealer.blindKeyId();
            rosters.accept(person -> {
                String identity = person.identity().text();
                rows.row(
                        person.id(),
                        person.name(),
                        Spelling.of(person.name()).pinyin(),
                        person.identity().sex(),
                        person.identity().birthDate(),
                        sealer.seal(identity, new Sealer.Place("member.identity_sealed", person.id())),
                        sealer.blind("identity", identity),
                        sealer.seal(person.phone(), new Sealer.Place("member.phone_sealed", person.id())),
                        sealer.blind("phone", person.phone()),
                        key,
                        person.employment());
                count.incrementAndGet();
            });
        }
        try (Copy.Rows rows = copy.into("""
                member_membership (id, member_id, union_id, began_on, began_by, employment_at_start, ended_on, ended_by)
                """)) {
            rosters.accept(person -> rows.row(
                    person.membership(),
                    person.id(),
                    person.union(),
                    person.beganOn(),
                    person.beganBy().code(),
                    person.employment(),
                    person.endedOn(),
                    person.endedBy()));
        }
    }

    /** Fills the month counters of a city that has none, base unions first, then the unions at street level. */
    void countFromRecords() {
        jdbc.sql("insert into member_month " + COUNTERS + """
                        select month, union_id, sum(opening), sum(joined), sum(joined_new_form), sum(rejoined),
                               sum(transferred_in), sum(transferred_out), sum(left_union), sum(retired), sum(died),
                               sum(new_form_change)
                          from (select cast(date_trunc('month', began_on) as date) as month, union_id,
                                       case when began_by = 'opening' then 1 else 0 end as opening,
                                       case when began_by = 'joined' then 1 else 0 end as joined,
                                       case when began_by = 'joined' and at_start.new_form then 1 else 0 end as joined_new_form,
                                       case when began_by = 'rejoined' then 1 else 0 end as rejoined,
                                       case when began_by = 'transferred-in' then 1 else 0 end as transferred_in,
                                       0 as transferred_out, 0 as left_union, 0 as retired, 0 as died,
                                       case when now_at.new_form then 1 else 0 end as new_form_change
                                  from member_membership
                                  join member on member.id = member_membership.member_id
                                  join member_employment at_start on at_start.code = employment_at_start
                                  join member_employment now_at on now_at.code = member.employment
                                union all
                                select cast(date_trunc('month', ended_on) as date), union_id, 0, 0, 0, 0, 0,
                                       case when ended_by = 'transferred-out' then 1 else 0 end,
                                       case when ended_by = 'left' then 1 else 0 end,
                                       case when ended_by = 'retired' then 1 else 0 end,
                                       case when ended_by = 'died' then 1 else 0 end,
                                       case when now_at.new_form then -1 else 0 end
                                  from member_membership
                                  join member on member.id = member_membership.member_id
                                  join member_employment now_at on now_at.code = member.employment
                                 where ended_on is not null) happened
                         group by month, union_id
                        """).update();
        jdbc.sql("insert into member_street_month " + COUNTERS + """
                        select month, street.union_id, sum(opening), sum(joined), sum(joined_new_form), sum(rejoined),
                               sum(transferred_in), sum(transferred_out), sum(left_union), sum(retired), sum(died),
                               sum(new_form_change)
                          from member_month counted
                          join org_place place on place.union_id = counted.union_id and place.valid_to is null
                          join org_place street on street.path = left(place.path, 17) and street.valid_to is null
                         group by month, street.union_id
                        """).update();
    }
}
