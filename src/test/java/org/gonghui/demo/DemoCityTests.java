package org.gonghui.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.gonghui.access.Accounts;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.CityClock;
import org.gonghui.member.Members;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The border between the demonstration and a real city. */
@CityTest
class DemoCityTests {

    @Autowired
    private Unions unions;

    @Autowired
    private Members members;

    @Autowired
    private Applicants applicants;

    @Autowired
    private DemoGroupings groupings;

    @Autowired
    private DemoEmployers employers;

    @Autowired
    private DemoMeetings meetings;

    @Autowired
    private DemoDoubles doubles;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Audit audit;

    @Autowired
    private CityClock clock;

    @Autowired
    private TransactionLocks locks;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void aDemonstrationCityIsNeverOpenedAsARealOne() {
        assertThatThrownBy(() -> city("production").afterSingletonsInstantiated())
                .hasMessageContaining("whose passwords everyone knows");
    }

    @Test
    void itsTimeLiesInItsYearAndNeverRunsBackwards() {
        assertThat(LocalDate.now(clock).getYear()).isEqualTo(2023);
        assertThat(clock.instant()).isAfterOrEqualTo(audit.lastAt().orElseThrow());
    }

    private DemoCity city(String mode) {
        return new DemoCity(
                unions,
                members,
                applicants,
                groupings,
                employers,
                meetings,
                doubles,
                accounts,
                audit,
                clock,
                locks,
                transaction,
                mode,
                new DemoCity.Size(0, 0, 0),
                "http://localhost");
    }
}
