package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModuleIdentifier;
import org.springframework.modulith.core.ApplicationModuleIdentifiers;
import org.springframework.transaction.annotation.Transactional;

/** Which modules are left out at a start: those alone whose tables are as their scripts make them. */
@CityTest
@Transactional // what a test writes into the histories is taken back
class PendingMigrationsTests {

    private static final ApplicationModuleIdentifier MEMBER = ApplicationModuleIdentifier.of("member");

    @Autowired
    private DataSource source;

    @Autowired
    private ResourcePatternResolver resources;

    @Autowired
    private Flyway flyway;

    @Autowired
    private ApplicationModuleIdentifiers modules;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void nothingIsPendingInACityOfThisVersion() {
        List<String> histories = jdbc.sql("""
                        select table_name from information_schema.tables
                         where table_schema = current_schema() and table_name like 'flyway%'
                        """).query(String.class).list();
        assertThat(histories).contains("flyway_schema_history_member", "flyway_schema_history_audit");
        assertThat(pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from flyway_schema_history_member where version = '3'",
                "delete from flyway_schema_history_member",
                "drop table flyway_schema_history_member",
                "update flyway_schema_history_member set checksum = checksum + 1 where version = '3'",
                "update flyway_schema_history_member set success = false where version = '3'",
                "update flyway_schema_history_member set script = 'V3__other.sql' where version = '3'",
                """
                insert into flyway_schema_history_member
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (99, '99', 'of a later version', 'SQL', 'V99__later.sql', 1, 'postgres', 1, true)
                """
            })
    void whereverAHistoryDiffersFlywayIsAsked(String change) {
        jdbc.sql(change).update();
        assertThat(pending()).containsExactly(MEMBER);
    }

    private List<ApplicationModuleIdentifier> pending() {
        var asked = new PendingMigrations(source, resources);
        return modules.stream()
                .filter(module -> asked.shouldMigrate(module, flyway))
                .toList();
    }
}
