package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;

/**
 * A district's year by the forms that its officers fill in, from its own founding on: 94 unions founded, 1 + 9 + 84; 207 enterprise
 * and 982 worker meetings; 23,600 joined, of them 6,084 in new forms. The figures page answers it. A twentieth of it in the usual
 * run.
 */
class YearStory {

    private static final boolean WHOLE = Boolean.getBoolean("gonghui.deep");
    private static final int LARGE = 1;
    private static final int MEDIUM = WHOLE ? 9 : 2;
    private static final int SMALL = WHOLE ? 84 : 3;
    private static final int ENTERPRISE = WHOLE ? 207 : 10;
    private static final int WORKER = WHOLE ? 982 : 49;
    private static final int LISTS = 4;
    private static final int JOINED = (WHOLE ? 23_600 : 1_180) / LISTS;
    private static final int NEW_FORM = (WHOLE ? 6_084 : 304) / LISTS;
    private static final Pattern ID = Pattern.compile("([0-9a-f]{8}-[0-9a-f-]{27})");

    private final List<String> streets = new ArrayList<>();
    private String district = "";
    private LocalDate today = LocalDate.EPOCH;

    @Test
    void theFiguresPageAnswersWhatTheOfficersDid() {
        try (Platform platform = Platform.small()) {
            Visitor city = platform.visitor("city@demo");
            Visitor officer = platform.visitor("district@demo");
            aDistrictOfItsOwn(city, officer);
            found(officer, LARGE, 1_000, 2_000);
            found(officer, MEDIUM, 100, 999);
            found(officer, SMALL, 25, 99);
            meet(officer, "ENTERPRISE", ENTERPRISE);
            meet(officer, "WORKER", WORKER);
            join(officer);

            assertThat(figure(officer, "founding.founded")).isEqualTo(LARGE + MEDIUM + SMALL);
            assertThat(figure(officer, "founding.large")).isEqualTo(LARGE);
            assertThat(figure(officer, "founding.medium")).isEqualTo(MEDIUM);
            assertThat(figure(officer, "founding.small")).isEqualTo(SMALL);
            assertThat(figure(officer, "outreach.enterprise")).isEqualTo(ENTERPRISE);
            assertThat(figure(officer, "outreach.worker")).isEqualTo(WORKER);
            assertThat(figure(officer, "outreach.meetings")).isEqualTo(ENTERPRISE + WORKER);
            try (var person = new Person(platform, Screen.DESK, "zh")) {
                person.signedIn("district@demo").go("/desk/figures/" + district);
                assertThat(person.main()).contains("%,d".formatted(JOINED * LISTS), "%,d".formatted(NEW_FORM * LISTS));
                person.look("year-figures");
                person.go("/desk/outreach/" + district).look("year-outreach");
                person.go("/desk/foundings/" + district).look("year-foundings");
            }
        }
    }

    private void aDistrictOfItsOwn(Visitor city, Visitor officer) {
        String unions = city.get("/desk/unions").body();
        String top = Visitor.location(city.get("/desk/overview"));
        district = union(city, top.substring(top.lastIndexOf('/') + 1), "DISTRICT_FEDERATION", "示范新区总工会");
        assertThat(unions).isNotEmpty();
        city.get("/desk/appointments/new?at=" + district);
        expect(
                city.post(
                        "/desk/appointments/new",
                        Map.of(
                                "at", district,
                                "name", "林若川",
                                "login", "district@demo",
                                "role", "DISTRICT_OFFICER",
                                "from", today(city),
                                "to", "")),
                200,
                302);
        for (String name : List.of("东桥街道总工会", "南溪街道总工会", "北苑镇总工会")) {
            streets.add(union(officer, district, name.contains("镇") ? "TOWN_FEDERATION" : "STREET_FEDERATION", name));
        }
    }

    private String today(Visitor city) {
        today = LocalDate.parse(
                value(city.get("/desk/appointments/new?at=" + district).body(), "from"));
        return today.toString();
    }

    private static String union(Visitor officer, String below, String kind, String name) {
        String form = "/desk/unions/" + below + "/unions";
        String page = officer.get(form).body();
        HttpResponse<String> founded = officer.post(
                form,
                Map.of(
                        "key",
                        value(page, "key"),
                        "kind",
                        kind,
                        "name",
                        name,
                        "shortName",
                        "",
                        "foundedOn",
                        value(page, "foundedOn"),
                        "industry",
                        ""));
        expect(founded, 302);
        return id(Visitor.location(founded));
    }

    /** From the first record of an employer to its union, so many times. */
    private void found(Visitor officer, int count, int fewest, int most) {
        for (int i = 0; i < count; i++) {
            String street = streets.get(i % streets.size());
            int workers = i == 0 ? fewest : i == 1 ? most : fewest + (most - fewest) * i / count;
            String form = "/desk/employers/" + street + "/new";
            String page = officer.get(form).body();
            var typed = new HashMap<>(Map.of(
                    "key", value(page, "key"),
                    "name", Given.freshEmployer(),
                    "code", Given.freshCode(),
                    "address", "某路 1 号",
                    "trade", "INFORMATION",
                    "ownership", "PRIVATE",
                    "workers", Integer.toString(workers),
                    "women", "",
                    "countedOn", today.toString()));
            HttpResponse<String> recorded = officer.post(form, typed);
            expect(recorded, 302);
            String begin = "/desk/foundings/for/" + id(Visitor.location(recorded));
            HttpResponse<String> begun =
                    officer.post(begin, Map.of("key", value(officer.get(begin).body(), "key"), "note", ""));
            expect(begun, 302);
            String founding = Visitor.location(begun);
            for (String stage : List.of("CONTACTED", "PREPARING")) {
                expect(officer.post(founding + "/steps", Map.of("stage", stage, "note", "")), 302);
            }
            for (String kind : List.of("APPLICATION", "ELECTION")) {
                expect(
                        officer.upload(
                                founding + "/papers",
                                Map.of("key", UUID.randomUUID().toString(), "kind", kind),
                                "申请.pdf",
                                "%PDF-1.7 paper".getBytes(StandardCharsets.UTF_8)),
                        302);
            }
            page = officer.get(founding).body();
            expect(
                    officer.post(
                            founding + "/application",
                            Map.of(
                                    "name", value(page, "name"),
                                    "shortName", "",
                                    "superior", value(page, "superior"),
                                    "electedOn", value(page, "electedOn"),
                                    "grant", "",
                                    "position-0", "CHAIR",
                                    "officer-0", "欧阳若川",
                                    "login-0", "")),
                    302);
            page = officer.get(founding).body();
            expect(officer.post(founding + "/approval", Map.of("seen", value(page, "seen"))), 200, 302);
        }
    }

    /** So many meetings, from the plan to what came of them. */
    private void meet(Visitor officer, String kind, int count) {
        for (int i = 0; i < count; i++) {
            boolean byDistrict = i % 20 == 0;
            String union = byDistrict ? district : streets.get(i % streets.size());
            String level = byDistrict ? "DISTRICT" : i % 5 == 0 ? "STREET" : "SITE";
            HttpResponse<String> planned = officer.post(
                    "/desk/outreach/" + union + "/new",
                    Map.of(
                            "key",
                            UUID.randomUUID().toString(),
                            "kind",
                            kind,
                            "level",
                            level,
                            "title",
                            (kind.equals("WORKER") ? "职工" : "企业") + "沟通会第 " + i + " 场",
                            "place",
                            "某处",
                            "on",
                            today.minusDays(i % 28).toString(),
                            "from",
                            "%02d:00".formatted(8 + i % 12),
                            "to",
                            "21:00",
                            "employer",
                            ""));
            expect(planned, 302);
            expect(
                    officer.post(
                            Visitor.location(planned) + "/outcome",
                            Map.of("people", Integer.toString(i % 60), "cost", "", "note", "")),
                    302);
        }
    }

    /** Everybody who joined in the year, by lists of base unions. */
    private void join(Visitor officer) {
        for (int list = 0; list < LISTS; list++) {
            String base = union(officer, streets.get(list % streets.size()), "BASE_UNION", Given.freshName());
            var rows = new StringBuilder("姓名,身份证号,手机号,就业形态\n");
            for (int i = 0; i < JOINED; i++) {
                rows.append(
                        "%s,%s,,%s\n".formatted("某人" + i, Given.freshIdentity().text(), i < NEW_FORM ? "快递员" : ""));
            }
            String form = "/desk/enrolments/" + base;
            String page = officer.get(form).body();
            HttpResponse<String> sent = officer.upload(
                    form,
                    Map.of("key", value(page, "key"), "people", "JOINING"),
                    "名单.csv",
                    rows.toString().getBytes(StandardCharsets.UTF_8));
            expect(sent, 302);
            String at = Visitor.location(sent);
            String looked = officer.get(at).body();
            for (int asked = 0; !looked.contains("outcome-title") && asked < 600; asked++) {
                Platform.pause();
                looked = officer.get(at).body();
            }
            assertThat(looked).contains("outcome-title");
            expect(officer.post(at + "/members", Map.of()), 302);
        }
    }

    /** A figure of the year as the figures page says it. */
    private long figure(Visitor officer, String key) {
        String page = officer.get("/desk/figures/" + district).body();
        Matcher value = Pattern.compile("list\\?of=" + Pattern.quote(key) + "&(?:amp;)?period=" + today.getYear()
                        + "\"[^>]*>\\s*([\\d,]+)")
                .matcher(page);
        assertThat(value.find()).as(key).isTrue();
        return Long.parseLong(value.group(1).replace(",", ""));
    }

    private static String value(String page, String name) {
        Matcher value =
                Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]*)\"").matcher(page);
        assertThat(value.find()).as(name).isTrue();
        return value.group(1).replace("&#34;", "\"").replace("&amp;", "&");
    }

    private static String id(String address) {
        Matcher id = ID.matcher(address);
        assertThat(id.find()).as(address).isTrue();
        return id.group(1);
    }

    private static void expect(HttpResponse<String> answer, Integer... statuses) {
        assertThat(answer.statusCode())
                .as(() -> answer.request().uri() + " "
                        + answer.body().replaceAll("(?s).*<main", "").replaceAll("<[^>]*>|\\s+", " "))
                .isIn((Object[]) statuses);
    }
}
