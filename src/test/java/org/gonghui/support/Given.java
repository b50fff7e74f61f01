package org.gonghui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.gonghui.access.Role;
import org.gonghui.employer.CreditCode;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;

/** The small named world of the tests: the demonstration city's places, and people who hold a role there. */
public class Given {

    private static final String DISTRICT = "海淀区总工会";
    private static final String STREET = "中关村街道总工会";
    private static final String OTHER_DISTRICT = "朝阳区总工会";

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Unions unions;

    Given(Unions unions) {
        this.unions = unions;
    }

    public UnionSummary city() {
        return unions.city().orElseThrow();
    }

    public UnionSummary district() {
        return below(city(), DISTRICT);
    }

    public UnionSummary street() {
        return below(district(), STREET);
    }

    /** A district that the other one's officers have nothing to do with. */
    public UnionSummary otherDistrict() {
        return below(city(), OTHER_DISTRICT);
    }

    /** Some base union of the street. */
    public UnionSummary base() {
        return unions.children(theCity(), street().id()).stream()
                .filter(union -> union.kind() == UnionKind.BASE_UNION)
                .findFirst()
                .orElseThrow();
    }

    /** Two base unions of the street, of which the first has gone up in the second on this day, today. */
    public List<UnionId> mergedBases(Visitor officer, LocalDate today) {
        List<UnionId> two = Stream.generate(() -> unions.found(
                        cityOfficer(),
                        street().id(),
                        new UnionId(UUID.randomUUID()),
                        new Unions.Founding(freshName(), "", "BASE_UNION", "2022-02-01", "")))
                .limit(2)
                .toList();
        reorganise(officer, two.getFirst(), "MERGE", union(two.getLast()), today);
        return two;
    }

    /** Has a union moved below another one, or merged into it, as of today. */
    public void reorganise(Visitor officer, UnionId union, String kind, UnionSummary other, LocalDate today) {
        String form = "/desk/unions/" + union + "/reorganisations";
        officer.get(form);
        HttpResponse<String> ordered = officer.post(
                form,
                Map.of(
                        "key",
                        UUID.randomUUID().toString(),
                        "kind",
                        kind,
                        "code",
                        other.code(),
                        "from",
                        today.toString()));
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(302);
    }

    /** Someone who holds this role at a union: an actor as a signed-in request has it. */
    public Actor officer(Role role, UnionSummary at) {
        return new Actor(
                Optional.of(new AccountId(UUID.randomUUID())),
                role + " of " + at.name(),
                List.of(new Actor.Grant(role.rights(), at.path())));
    }

    public Actor cityOfficer() {
        return officer(Role.CITY_OFFICER, city());
    }

    public Actor districtOfficer() {
        return officer(Role.DISTRICT_OFFICER, district());
    }

    public Actor streetOfficer() {
        return officer(Role.STREET_OFFICER, street());
    }

    /** The union of this id as the whole city sees it today. */
    public UnionSummary union(UnionId id) {
        return unions.get(theCity(), id, Right.UNION_READ);
    }

    /** A name that no test has used yet. */
    public static String freshName() {
        return "试验" + UUID.randomUUID().toString().substring(0, 8) + "有限公司工会";
    }

    /** The name of an employer that no test has used yet. */
    public static String freshEmployer() {
        return "试验" + UUID.randomUUID().toString().substring(0, 8) + "有限公司";
    }

    /** A credit code that no test has used yet. */
    public static String freshCode() {
        return CreditCode.complete("91110108MA%07d".formatted(NEXT.incrementAndGet()))
                .text();
    }

    /** An identity number that no test has used yet, of a region that does not exist. */
    public static IdentityNumber freshIdentity() {
        int number = NEXT.incrementAndGet();
        return IdentityNumber.complete("98%04d19900307%03d".formatted(number / 1000, number % 1000));
    }

    /** A phone that no test has used yet. */
    public static PhoneNumber freshPhone() {
        return PhoneNumber.read("199%08d".formatted(NEXT.incrementAndGet())).orElseThrow();
    }

    /** Someone new: name, identity number and phone are nobody else's. */
    public static Person freshPerson(Employment employment) {
        return new Person("试验员·" + NEXT.get(), freshIdentity(), Optional.of(freshPhone()), employment);
    }

    /** The joint base union of the street's new-form workers. */
    public UnionSummary joint() {
        return unions.children(theCity(), street().id()).stream()
                .filter(UnionSummary::forNewForm)
                .findFirst()
                .orElseThrow();
    }

    /** Some base union of the other district. */
    public UnionSummary otherBase() {
        return otherBases().getFirst();
    }

    /** The base unions of the other district. */
    public List<UnionSummary> otherBases() {
        return unions.children(theCity(), otherDistrict().id()).stream()
                .flatMap(street -> unions.children(theCity(), street.id()).stream())
                .filter(union -> union.kind() == UnionKind.BASE_UNION)
                .toList();
    }

    public Actor otherDistrictOfficer() {
        return officer(Role.DISTRICT_OFFICER, otherDistrict());
    }

    private UnionSummary below(UnionSummary above, String name) {
        return unions.children(theCity(), above.id()).stream()
                .filter(union -> union.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Actor theCity() {
        return Actor.platform("test");
    }
}
