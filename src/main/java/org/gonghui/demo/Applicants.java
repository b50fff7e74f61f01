package org.gonghui.demo;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gonghui.access.Role;
import org.gonghui.joining.Joinings;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Enrolled;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.phone.Phones;
import org.gonghui.transfer.Transfers;
import org.springframework.stereotype.Component;

/** What waits on the desks of the shown street and base union when the demonstration opens. */
@Component
class Applicants {

    /** Someone who waits to be approved; the street decides about new forms, the base union about its own employees. */
    private record Applicant(String name, String sex, String birth, String employment, String employer) {}

    private static final List<Applicant> AT_THE_STREET = List.of(
            new Applicant("宋晓岚", "F", "19980412", "food-delivery", "闪达配送中关村站"),
            new Applicant("巴特尔·苏和", "M", "19911103", "courier", "云程快递海淀南分部"),
            new Applicant("冯𠮷祥", "M", "19870925", "ride-hailing", ""),
            new Applicant("欧阳静怡", "F", "20010130", "live-streaming", "澄光文化传媒"),
            new Applicant("阿依努尔·吐尔逊江·买合木提", "F", "19950618", "courier", "云程快递海淀南分部"),
            new Applicant("陈海", "M", "19790207", "truck-driver", ""),
            new Applicant("许䶮", "M", "19930814", "food-delivery", "闪达配送中关村站"),
            new Applicant("郭桂芳", "F", "19721219", "home-services", "禾和家政服务"));

    private static final List<Applicant> AT_THE_BASE = List.of(
            new Applicant("程亮", "M", "19900305", "regular", "研发二部"),
            new Applicant("单文娟", "F", "19851021", "regular", "行政部"),
            new Applicant("查志远", "M", "19990709", "regular", ""));

    private final Joinings joinings;
    private final Phones phones;
    private final Unions unions;
    private final Transfers transfers;
    private final Members members;

    private int made;

    Applicants(Joinings joinings, Phones phones, Unions unions, Transfers transfers, Members members) {
        this.joinings = joinings;
        this.phones = phones;
        this.unions = unions;
        this.transfers = transfers;
        this.members = members;
    }

    /**
     * Has them apply by the same commands as everyone, and a union elsewhere ask for a member of the shown street.
     *
     * @param crowd how many more wait at the street, for trying out a busy day
     */
    void apply(CityPlan plan, Rosters rosters, int crowd) {
        UnionSummary street = unions.named(plan.shownStreet().id()).orElseThrow();
        UnionSummary base = unions.named(plan.shownBase().id()).orElseThrow();
        AT_THE_STREET.forEach(each -> apply(street, each, identity(each.birth(), each.sex())));
        AT_THE_BASE.forEach(each -> apply(base, each, identity(each.birth(), each.sex())));
        Enrolled elsewhere = rosters.first(union -> !plan.shownDistrict().path().covers(union.path()));
        apply(
                street,
                new Applicant(elsewhere.name(), elsewhere.identity().sex(), "", "courier", "云程快递海淀南分部"),
                elsewhere.identity());
        Enrolled alike = rosters.first(union -> union.id().equals(base.id()));
        String birth = alike.identity().birthDate().toString().replace("-", "");
        apply(
                base,
                new Applicant(alike.name(), alike.identity().sex(), "", "regular", "研发一部"),
                identity(birth, alike.identity().sex()));
        askForOneOf(plan, rosters);
        var random = new Random(crowd);
        for (int i = 0; i < crowd; i++) {
            var courier = new Applicant(InventedNames.person(random), "F", "19940520", "courier", "");
            apply(street, courier, identity(courier.birth(), courier.sex()));
        }
    }

    /** A union of another district asks for a courier of the shown street. */
    private void askForOneOf(CityPlan plan, Rosters rosters) {
        Enrolled courier =
                rosters.first(union -> union.id().equals(plan.shownJointBase().id()));
        Enrolled there =
                rosters.first(union -> !plan.shownDistrict().path().covers(union.path()) && union.forNewForm());
        UnionSummary to = unions.named(there.union()).orElseThrow();
        var officer =
                new Actor(Optional.empty(), "韩秋云", List.of(new Actor.Grant(Role.BASE_OFFICER.rights(), to.path())));
        Employment employment = members.employmentOf(courier.employment());
        transfers.take(officer, courier.membership(), to.id(), courier.name(), employment, Optional.empty());
    }

    private void apply(UnionSummary at, Applicant who, IdentityNumber identity) {
        AccountId account =
                phones.accountOf(PhoneNumber.read("101%08d".formatted(++made)).orElseThrow());
        joinings.apply(
                new Actor(Optional.of(account), "", List.of()),
                at.code(),
                new Joinings.Who(who.name(), identity.text()),
                new Joinings.Work(who.employment(), who.employer(), ""));
    }

    /** A number that belongs to nobody: no region's code begins with 97. */
    private IdentityNumber identity(String birth, String sex) {
        return IdentityNumber.complete(
                "97%04d%s%03d".formatted(made, birth, 500 + made * 2 % 500 + ("M".equals(sex) ? 1 : 0)));
    }
}
