package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What a merge counted in a month that is over stays counted. In a city of its own, for months pass in it. */
@CityTest
@TestPropertySource(properties = {"gonghui.city.unions=200", "gonghui.city.members=2000"})
@DirtiesContext
class MergesOfClosedMonthsTests {

    @Autowired
    private MergePeople merging;

    @Autowired
    private Members members;

    @Autowired
    private MemberStore store;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void whoeverIsTwoAgainIsOneMoreFromTheDayOfTheUndoing() {
        Actor district = given.districtOfficer();
        UnionSummary joint = given.joint();
        MemberId one = admit(given.base());
        MemberId other = admit(joint);
        UUID merge = UUID.randomUUID();
        UUID goesOn = store.live(one).orElseThrow().id();
        merging.merge(district, merge, new MergePeople.Choice(one, other, false, false, Optional.of(goesOn)));
        LocalDate then = LocalDate.now(clock).withDayOfMonth(1);
        List<String> closed = month(joint, then);
        time.pass(Duration.ofDays(32));
        assertThat(merging.done(district, merge).anew()).isTrue();
        merging.undo(district, merge);
        assertThat(month(joint, then)).isEqualTo(closed);
        Membership anew = store.live(other).orElseThrow();
        assertThat(anew.beganBy()).isEqualTo(Membership.Beginning.SEPARATED);
        assertThat(anew.beganOn()).isEqualTo(LocalDate.now(clock));
        assertRefused(MemberRefusal.CHANGED_SINCE, () -> members.takeBack(district, anew.id()));
        assertThat(members.recount()).isEmpty();
        UUID again = UUID.randomUUID();
        merging.merge(district, again, new MergePeople.Choice(one, other, false, false, Optional.of(goesOn)));
        Recorded merged = Recorded.of(jdbc);
        merging.undo(district, again);
        assertThat(members.recount()).isEmpty();
        assertThat(Recorded.of(jdbc)).isNotEqualTo(merged);
    }

    /** What counts is the day on which a membership ended: the merge itself was written down when that day was over. */
    @Test
    void theDayOfTheMembershipsEndSaysWhichMonthItIs() {
        Actor district = given.districtOfficer();
        UnionSummary joint = given.joint();
        MemberId one = admit(given.base());
        MemberId other = admit(joint);
        UUID merge = UUID.randomUUID();
        UUID goesOn = store.live(one).orElseThrow().id();
        merging.merge(district, merge, new MergePeople.Choice(one, other, false, false, Optional.of(goesOn)));
        LocalDate then = LocalDate.now(clock).withDayOfMonth(1);
        List<String> closed = month(joint, then);
        time.pass(Duration.ofDays(32));
        jdbc.sql("update member_merge set merged_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", merge)
                .update();
        assertThat(merging.done(district, merge).anew()).isTrue();
        merging.undo(district, merge);
        assertThat(month(joint, then)).isEqualTo(closed);
        assertThat(merging.done(district, merge).undoneAt()).isPresent();
        assertThat(members.recount()).isEmpty();
    }

    private MemberId admit(UnionSummary union) {
        Person person = Given.freshPerson(new Employment("courier", true));
        return ((Members.Admission.Admitted)
                        members.admit(Actor.platform("test"), union.id(), person, Optional.empty()))
                .member();
    }

    private List<String> month(UnionSummary union, LocalDate month) {
        return jdbc.sql("select cast(each as text) from member_month each where union_id = :union and month = :month")
                .param("union", union.id().value())
                .param("month", month)
                .query(String.class)
                .list();
    }
}
