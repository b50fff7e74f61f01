package org.gonghui.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Explanations;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One screen that answers for oneself and for others, and tells nobody what is not theirs to know. */
@CityTest
class WhyTests {

    @Autowired
    private Explanations explanations;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Test
    void oneAsksForOneselfAboutAUnionEverywhere() {
        Visitor officer = visitors.signedIn("street@demo");
        String own = found(officer, given.base().code());
        assertThat(own).contains("因为自", "中关村街道总工会", "谁看得到这个工会").contains("这个角色不办理这一项");
        String elsewhere = found(officer, given.otherDistrict().code());
        assertThat(elsewhere).contains("这里不在它的下级之中").doesNotContain("谁看得到这个工会").doesNotContain("chip-good\">可以");
        // By name within one's own part, to choose from where several fit.
        officer.get("/desk/why");
        HttpResponse<String> several = officer.post("/desk/why", Map.of("what", "工会"));
        assertThat(several.statusCode()).isEqualTo(200);
        assertThat(several.body())
                .contains("找到几个工会")
                .doesNotContain(given.otherDistrict().name());
    }

    @Test
    void aRecordThatIsNotOnesOwnIsAsIfThereWereNone() {
        var admitted = (Members.Admission.Admitted) members.admit(
                given.streetOfficer(),
                given.joint().id(),
                Given.freshPerson(new Employment("courier", true)),
                Optional.empty());
        Visitor street = visitors.signedIn("street@demo");
        String record = street.get("/desk/why?member=" + admitted.member()).body();
        assertThat(record).contains("谁看得到这份档案", "可查看完整号码", "查看隐去的号码");
        Visitor auditor = visitors.signedIn("auditor@demo");
        HttpResponse<String> theirs = auditor.get("/desk/why?member=" + admitted.member());
        HttpResponse<String> nobodys = auditor.get("/desk/why?member=" + UUID.randomUUID());
        assertThat(theirs.statusCode()).isEqualTo(422).isEqualTo(nobodys.statusCode());
        assertThat(theirs.body()).contains("没有找到，或者不在您负责的范围内").doesNotContain("谁看得到这份档案");
        HttpResponse<String> byAddress = auditor.get("/desk/why?at=/desk/members/people/" + admitted.member());
        assertThat(byAddress.statusCode()).isEqualTo(422);
    }

    @Test
    void onlyWhoeverAppointsAsksForOthers() {
        Visitor baseOfficer = visitors.signedIn("base@demo");
        assertThat(baseOfficer.get("/desk/why").body()).doesNotContain("name=\"who\"");
        Visitor street = visitors.signedIn("street@demo");
        String base = given.base().code();
        AccountId streetOfficer = explanations
                .person(Actor.platform("test"), "street@demo")
                .orElseThrow()
                .account();
        AccountId cityOfficer = explanations
                .person(Actor.platform("test"), "city@demo")
                .orElseThrow()
                .account();
        for (Visitor whoMayNot : List.of(street, baseOfficer)) {
            whoMayNot.get("/desk/why");
            assertThat(whoMayNot
                            .post("/desk/why", Map.of("what", base, "who", "city@demo"))
                            .body())
                    .contains("您负责任命的人里没有这个登录名");
            assertThat(whoMayNot.get("/desk/why?account=" + cityOfficer).statusCode())
                    .isEqualTo(422);
        }
        Visitor district = visitors.signedIn("district@demo");
        district.get("/desk/why");
        HttpResponse<String> answer = district.post("/desk/why", Map.of("what", base, "who", "street@demo"));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(answer)).endsWith("&account=" + streetOfficer);
        assertThat(district.get(Visitor.location(answer)).body()).contains("可以做什么", "的任职", "因为自");
        district.get("/desk/why");
        assertThat(district.post("/desk/why", Map.of("what", base, "who", "city@demo"))
                        .body())
                .contains("您负责任命的人里没有这个登录名");
        assertThat(district.post("/desk/why", Map.of("what", base, "who", "nobody@nowhere"))
                        .body())
                .contains("您负责任命的人里没有这个登录名");
    }

    /** Asked union by union it would say where somebody is appointed, of whom the page says no more than that it is elsewhere. */
    @Test
    void forOthersOneAsksWithinOnesOwnPartOfTheTree() {
        AccountId officer = explanations
                .person(Actor.platform("test"), "street@demo")
                .orElseThrow()
                .account();
        Visitor district = visitors.signedIn("district@demo");
        HttpResponse<String> elsewhere =
                district.get("/desk/why?union=" + given.otherDistrict().id() + "&account=" + officer);
        assertThat(elsewhere.statusCode()).isEqualTo(422);
        assertThat(elsewhere.body()).contains("没有找到，或者不在您负责的范围内").doesNotContain("id=\"answer\"");
        assertThat(district.get("/desk/why?union=" + given.base().id() + "&account=" + officer)
                        .body())
                .contains("id=\"answer\"");
        assertThat(district.get("/desk/why?union=" + given.otherDistrict().id()).body())
                .as("for oneself")
                .contains("id=\"answer\"");
    }

    @Test
    void numbersOfPeopleDoNotGetIntoAddresses() {
        Visitor officer = visitors.signedIn("street@demo");
        officer.get("/desk/why");
        for (String number : List.of("13900001111", "99000019900101123X", "990000 19900101 1234")) {
            HttpResponse<String> answer = officer.post("/desk/why", Map.of("what", number));
            assertThat(answer.statusCode()).as(number).isEqualTo(422);
            assertThat(answer.body()).contains("请用会员号");
        }
        assertThat(officer.post("/desk/why", Map.of("what", "")).statusCode()).isEqualTo(422);
        assertThat(officer.post("/desk/why", Map.of("what", "没有这样的工会")).body()).contains("没有找到，或者不在您负责的范围内");
    }

    @Test
    void aPageThatDoesNotOpenLeadsHere() {
        Visitor officer = visitors.signedIn("street@demo");
        String closed = "/desk/unions/" + given.otherDistrict().id();
        String page = officer.get(closed).body();
        assertThat(page).contains("/desk/why?at=" + closed);
        assertThat(officer.get("/desk/why?at=" + closed).body()).contains("这里不在它的下级之中");
        assertThat(officer.get("/desk/why?at=/desk/appointments").body()).contains("您的任职");
    }

    private String found(Visitor officer, String what) {
        officer.get("/desk/why");
        HttpResponse<String> answer = officer.post("/desk/why", Map.of("what", what));
        assertThat(answer.statusCode()).isEqualTo(302);
        return officer.get(Visitor.location(answer)).body();
    }
}
