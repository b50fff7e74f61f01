package org.gonghui.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Records are counted again at night and on demand, and a counter that says something else is shown. */
@CityTest
class RecountsTests {

    private static final String MEMBERS = "member";

    @Autowired
    private Recounts recounts;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aSoundCityIsFoundSound() {
        within(() -> {
            recounts.everyNight();
            assertThat(recounts.latest(MEMBERS)).hasValueSatisfying(result -> {
                assertThat(result.isWell()).isTrue();
                assertThat(result.askedBy()).isEqualTo("recount");
            });
        });
    }

    @Test
    void aCounterThatIsOffByOneIsFoundAndNamed() {
        for (String table : new String[] {"member_month", "member_street_month"}) {
            within(() -> {
                String union = jdbc.sql("select cast(union_id as text) from " + table + " where joined > 1 limit 1")
                        .query(String.class)
                        .single();
                jdbc.sql("update " + table + " set joined = joined - 1 where union_id = cast(:union as uuid)"
                                + " and month = (select min(month) from " + table
                                + " where union_id = cast(:union as uuid) and joined > 1)")
                        .param("union", union)
                        .update();
                recounts.ask(given.cityOfficer());
                assertThat(recounts.latest(MEMBERS)).hasValueSatisfying(result -> {
                    assertThat(result.differences()).as(table).isOne();
                    assertThat(result.firstOnes().getFirst()).contains(union, "counted", "on record");
                });
            });
        }
    }

    @Test
    void aSecondPressDoesNotCountAgain() {
        within(() -> {
            recounts.ask(given.cityOfficer());
            Optional<Recounts.Result> first = recounts.latest(MEMBERS);
            recounts.ask(given.cityOfficer());
            assertThat(recounts.latest(MEMBERS)).isEqualTo(first);
        });
    }

    @Test
    void whoSeesOnlyAPartAsksInVain() {
        within(() -> {
            for (Actor actor : new Actor[] {given.districtOfficer(), Actor.nobody()}) {
                assertThatThrownBy(() -> recounts.ask(actor))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                no -> assertThat(no.refusal()).isEqualTo(MeasureRefusal.WHOLE_CITY_ONLY));
                assertThat(recounts.latest(MEMBERS)).isEmpty();
            }
        });
        Visitor district = visitors.signedIn("district@demo");
        assertThat(district.get("/desk/figures/" + given.district().id()).body())
                .doesNotContain("/desk/figures/recounts");
        assertThat(visitors.signedIn("city@demo")
                        .get("/desk/figures/" + given.city().id())
                        .body())
                .contains("/desk/figures/recounts");
    }

    /** What happens here did not happen for anyone else. */
    private void within(Runnable work) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            jdbc.sql("delete from measure_recount").update();
            work.run();
        });
    }
}
