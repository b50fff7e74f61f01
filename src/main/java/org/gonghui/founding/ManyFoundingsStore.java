package org.gonghui.founding;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Puts foundings on record with all that has happened. */
@Repository
class ManyFoundingsStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    ManyFoundingsStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Puts one on record with all that has happened, for generated cities. */
    void load(ManyFoundings.Established established, FoundingClass foundingClass) {
        UUID id = established.id().value();
        ManyFoundings.Happened last = established.steps().getLast();
        boolean approved = last.stage() == Stage.APPROVED;
        jdbc.sql("""
                        insert into founding (id, street_id, joint, stage, stage_at, begun_at, superior_id, union_name, elected_on,
                                              union_id, approved_on, size_class, workers)
                        values (:id, :street, false, :stage, :stageAt, :begunAt, :superior, :name, :on,
                                :union, :approvedOn, :as, :workers)
                        """)
                .param("id", id)
                .param("street", established.street().value())
                .param("stage", last.stage().name())
                .param("stageAt", at(last.at()))
                .param("begunAt", at(established.steps().getFirst().at()))
                .param(
                        "superior",
                        last.stage().isStillChanging() && last.stage() != Stage.REJECTED
                                ? null
                                : established.street().value())
                .param("name", established.unionName())
                .param("on", last.at().atZone(CityClock.ZONE).toLocalDate())
                .param("union", established.union().map(UnionId::value).orElse(null))
                .param("approvedOn", approved ? last.at().atZone(CityClock.ZONE).toLocalDate() : null)
                .param("as", approved ? foundingClass.name() : null)
                .param("workers", approved ? established.workers() : null)
                .update();
        jdbc.sql("insert into founding_employer (founding_id, employer_id, is_open) values (:id, :employer, :open)")
                .param("id", id)
                .param("employer", established.employer().value())
                .param("open", !approved && last.stage() != Stage.GIVEN_UP)
                .update();
        jdbc.sql("""
                        insert into founding_officer (id, founding_id, line, position, name, login)
                        values (:officer, :id, 0, 'CHAIR', :name, '')
                        """)
                .param("officer", Ids.next(clock))
                .param("id", id)
                .param("name", established.chair())
                .update();
        for (ManyFoundings.Happened step : established.steps()) {
            jdbc.sql("""
                            insert into founding_step (id, founding_id, stage, at, actor, note)
                            values (:step, :id, :stage, :at, :actor, :note)
                            """)
                    .param("step", Ids.next(clock))
                    .param("id", id)
                    .param("stage", step.stage().name())
                    .param("at", at(step.at()))
                    .param("actor", established.actor())
                    .param("note", step.note())
                    .update();
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
