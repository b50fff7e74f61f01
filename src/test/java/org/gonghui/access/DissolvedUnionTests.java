package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever was appointed at a union that is dissolved has no rights at the one that keeps its records. */
@CityTest
class DissolvedUnionTests {

    @Autowired
    private AppointmentStore store;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Test
    void anAppointmentEndsWithItsUnion() {
        LocalDate today = LocalDate.now(clock);
        UnionSummary base = given.union(unions.found(
                Actor.platform("test"),
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-03-01", "")));
        var account = new AccountId(jdbc.sql("select id from access_account where login = 'auditor@demo'")
                .query(UUID.class)
                .single());
        jdbc.sql("""
                        insert into access_appointment (id, account_id, role, union_id, valid_from)
                        values (:id, :account, 'BASE_OFFICER', :union, date '2023-03-01')
                        """)
                .param("id", UUID.randomUUID())
                .param("account", account.value())
                .param("union", base.id().value())
                .update();
        assertThat(store.held(account, today))
                .extracting(AppointmentStore.Held::path)
                .contains(base.path());

        Visitor officer = visitors.signedIn("city@demo");
        String form = "/desk/unions/" + base.id() + "/reorganisations";
        officer.get(form);
        officer.post(
                form,
                Map.of("key", UUID.randomUUID().toString(), "kind", "DISSOLVE", "code", "", "from", today.toString()));
        assertThat(unions.named(base.id()).orElseThrow().dissolved()).isTrue();
        assertThat(store.held(account, today))
                .extracting(AppointmentStore.Held::path)
                .doesNotContain(base.path(), given.street().path());
        assertThat(officer.get("/desk/appointments").statusCode())
                .as("nor does the list stumble over it")
                .isEqualTo(200);
        assertThat(store.everHeld(account))
                .extracting(AppointmentStore.Held::path)
                .doesNotContain(given.street().path());
    }
}
