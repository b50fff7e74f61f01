package org.gonghui.outreach;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.employer.EmployerId;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Candidates for the next meeting. */
@Repository
class ProposalStore {

    /** How many meetings are planned in each street, by the path of the street. */
    private static final String NEAR = """
            with near as materialized (
            select left(at.path, 17) as path, count(*) as meetings
              from outreach_meeting meeting
              join org_place at on at.union_id = meeting.union_id and at.valid_to is null
             where stage in ('PLANNED', 'ANNOUNCED') and meeting.on_day >= :today and meeting.on_day < :soon
             group by left(at.path, 17))
            """;

    /** Of a candidate: when somebody was there last, and what is planned near it. Who is visited soon anyway is left out. */
    private static final String WEIGHED = """
            , (select max(on_day) from outreach_visit visit where visit.employer_id = known.id and held) as last_on,
              coalesce(near.meetings, 0) as near
            """;

    private static final String NOT_PLANNED = """
             and not exists (select 1 from outreach_visit visit
                              where visit.employer_id = known.id and not held and on_day >= :today)
            """;

    private final JdbcClient jdbc;

    ProposalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Employers without union, the largest first. In a wide part where each stands is asked one by one along the order of all:
     * joined, all of them would be sorted for the first few.
     */
    List<Proposal.Candidate> employers(UnionSummary union, Reach reach, LocalDate today, LocalDate soon, int atMost) {
        String within = " path >= :low and path < :high and " + Within.reach("path");
        String stands = union.isWide()
                ? " where (select" + within
                        + " from org_place place where place.union_id = street_id and valid_to is null)"
                : " join org_place place on place.union_id = street_id and valid_to is null where" + within;
        return jdbc.sql(NEAR + """
                        select known.id, cast(null as uuid) as of_union, name, street_id, coalesce(credit_code, '') as code,
                               coalesce(workers, -1) as workers
                        """ + WEIGHED + """
                          from (select known.id, name, street_id, credit_code, workers from employer_known known
                        """ + stands + " and closed_on is null and known.union_id is null"
                        + NOT_PLANNED + """
                                 order by -coalesce(workers, -1), known.id limit :atMost) known
                          join org_place street on street.union_id = street_id and street.valid_to is null
                          left join near on near.path = street.path
                        """)
                .param("low", union.path().low())
                .param("high", union.path().high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("today", today)
                .param("soon", soon)
                .param("atMost", atMost)
                .query(ProposalStore::candidate)
                .list();
    }

    /** The employers whose workers belong to one of these unions. */
    List<Proposal.Candidate> ofUnions(Collection<UnionId> unions, Reach reach, LocalDate today, LocalDate soon) {
        if (unions.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(NEAR + """
                        select known.id, known.union_id as of_union, name, street_id, coalesce(credit_code, '') as code,
                               coalesce(workers, -1) as workers
                        """ + WEIGHED + """
                          from employer_known known
                          join org_place street on street.union_id = street_id and street.valid_to is null
                          left join near on near.path = street.path
                         where closed_on is null and known.union_id = any(:unions) and
                        """ + Within.reach("street.path") + NOT_PLANNED)
                .param("unions", unions.stream().map(UnionId::value).toArray(UUID[]::new))
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("today", today)
                .param("soon", soon)
                .query(ProposalStore::candidate)
                .list();
    }

    private static Proposal.Candidate candidate(ResultSet row, int number) throws SQLException {
        return new Proposal.Candidate(
                Optional.of(new EmployerId(row.getObject("id", UUID.class))),
                Optional.ofNullable(row.getObject("of_union", UUID.class)).map(UnionId::new),
                row.getString("name"),
                new UnionId(row.getObject("street_id", UUID.class)),
                row.getString("code"),
                row.getInt("workers"),
                Optional.ofNullable(row.getObject("last_on", LocalDate.class)),
                row.getInt("near"));
    }
}
