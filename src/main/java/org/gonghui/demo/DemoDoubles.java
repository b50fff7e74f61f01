package org.gonghui.demo;

import java.util.Optional;
import java.util.function.Predicate;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Enrolled;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.springframework.stereotype.Component;

/** People of the shown district who are on record twice, or look as if they were. */
@Component
class DemoDoubles {

    private static final int OF_THE_ORDER = 15;
    private static final int OF_THE_YEAR = 9;

    private final Members members;

    private int phones;

    DemoDoubles(Members members) {
        this.members = members;
    }

    /** Has a handful of them taken in a second time, by the same command as everyone. */
    void make(Actor platform, CityPlan plan, Rosters rosters) {
        UnionId base = plan.shownBase().id();
        UnionId joint = plan.shownJointBase().id();
        Enrolled chair = rosters.first(union -> union.id().equals(base));
        Enrolled courier = rosters.first(union -> union.id().equals(joint));
        Enrolled neighbour = rosters.first(in(plan, true, base, joint));
        Enrolled elsewhere = rosters.first(in(plan, false, base, joint));
        takeIn(platform, joint, chair, chair.name(), slip(chair, OF_THE_ORDER), chair.phone());
        takeIn(platform, base, courier, courier.name(), slip(courier, ofADay(courier)), phone());
        takeIn(platform, base, neighbour, neighbour.name(), slip(neighbour, 2), phone());
        takeIn(platform, joint, chair, "任秀芝", slip(slip(chair, 2), OF_THE_ORDER), courier.phone());
        takeIn(platform, base, elsewhere, elsewhere.name(), slip(elsewhere, OF_THE_ORDER), phone());
    }

    private static Predicate<CityPlan.Base> in(CityPlan plan, boolean shown, UnionId base, UnionId joint) {
        return union -> plan.shownDistrict().path().covers(union.path()) == shown
                && !union.id().equals(base)
                && !union.id().equals(joint);
    }

    private void takeIn(
            Actor platform, UnionId union, Enrolled like, String name, IdentityNumber identity, String phone) {
        members.admit(
                platform,
                union,
                new Person(name, identity, PhoneNumber.read(phone), members.employmentOf(like.employment())),
                Optional.empty());
    }

    /** A phone that nobody has: none begins with 102. */
    private String phone() {
        return "102%08d".formatted(++phones);
    }

    /** Another year has no 29 February. */
    private static int ofADay(Enrolled person) {
        return person.identity().birthDate().getMonthValue() == 2 ? OF_THE_ORDER : OF_THE_YEAR;
    }

    private static IdentityNumber slip(Enrolled person, int place) {
        return slip(person.identity(), place);
    }

    private static IdentityNumber slip(IdentityNumber identity, int place) {
        String digits = identity.text().substring(0, 17);
        int digit = digits.charAt(place) - '0';
        return IdentityNumber.complete(
                digits.substring(0, place) + (digit == 9 ? digit - 1 : digit + 1) + digits.substring(place + 1));
    }
}
