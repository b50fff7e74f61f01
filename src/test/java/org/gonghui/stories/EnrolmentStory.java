package org.gonghui.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.Charset;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** An officer enters members from a list, and takes the list back. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class EnrolmentStory {

    private static final String SEND = "main form[enctype] button[type=submit]";
    private static final String LIST = ".*/lists/[0-9a-f-]{36}";

    private final Platform city = Platform.demonstration();

    @Test
    void aListIsSentLookedThroughEnteredAndTakenBack() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("base@demo").go("/desk/joining").page;
            page.locator("nav a[href='/desk/enrolments']").first().click();
            page.waitForURL("**/desk/enrolments/*");
            officer.look("enrolment");

            page.locator("select[name=people]").selectOption("JOINING");
            page.locator(SEND).click(); // without a file
            assertThat(officer.main()).contains("没有收到表格");
            officer.look("enrolment-refused");

            page.locator("select[name=people]").selectOption("");
            page.setInputFiles("input[type=file]", file("工号,部门\n1,财务\n"));
            page.locator(SEND).click(); // without saying who they are
            page.waitForSelector("[data-refused]:not([hidden])");
            assertThat(officer.main()).contains("名单上是什么人：");
            officer.look("enrolment-refused-file");
            page.locator("select[name=people]").selectOption("JOINING");
            page.locator(SEND).click(); // the file is still there
            page.waitForURL(address -> address.matches(LIST));
            page.waitForSelector("main .empty");
            assertThat(officer.main()).contains("这份名单读不了", "姓名");
            officer.look("enrolment-broken");

            page.locator("main .empty a").click();
            page.waitForURL("**/desk/enrolments/*");
            send(
                    page,
                    "2023年会员名单\n姓名,身份证号码,联系电话,用工形式,工会名称,备注\n"
                            + row("𠮷田·买买提艾力" + "很长的名字".repeat(5), "快递员")
                            + row("欧阳若川", "")
                            + "赵一,110105194912310021,,,,\n"
                            + "钱二," + Given.freshIdentity().text() + ",1380000,宇航员,没有这个工会,\n"
                            + "孙三,1.10105E+17,,,,\n");
            page.waitForSelector("main dl.facts");
            assertThat(officer.main()).contains("有错误", "当成了数字", "没有这种从业形态", "备注");
            officer.look("enrolment-looked");

            page.locator("main details.asks summary").click();
            page.locator("main details.asks form button").click();
            page.waitForSelector("main .empty");
            assertThat(officer.main()).contains("已登记 2 人");
            officer.look("enrolment-entered");
            page.locator("main details.asks summary").click();
            page.locator("main details.asks form button").click();
            assertThat(officer.main()).contains("已撤回，2 人不再是会员");
            officer.look("enrolment-taken-back");
        }
        try (var officer = new Person(city, Screen.PHONE, "en")) {
            officer.signedIn("base@demo").go("/desk/enrolments");
            officer.look("enrolment-latest");
            officer.page.locator("main .people a").last().click();
            officer.page.waitForURL(address -> address.matches(LIST));
            officer.look("enrolment-broken-read");
            officer.page.locator("main a[href*='/desk/enrolments/']").first().click();
            officer.page.locator("select[name=people]").selectOption("OPENING");
            officer.page.setInputFiles(
                    "input[type=file]",
                    new FilePayload("list.csv", "text/csv", "Name,ID number\nOuyang,123\n".getBytes(UTF_8)));
            officer.page.locator(SEND).click();
            officer.page.waitForSelector("main dl.facts");
            officer.look("enrolment-looked-phone");
            officer.page.locator("main form[action$='/giving-up'] button").click();
            assertThat(officer.main()).contains("This list was given up");
        }
    }

    private static String row(String name, String employment) {
        return "%s,%s,%s,%s,,\n"
                .formatted(
                        name, Given.freshIdentity().text(), Given.freshPhone().text(), employment);
    }

    private static void send(Page page, String rows) {
        page.locator("select[name=people]").selectOption("JOINING");
        page.setInputFiles("input[type=file]", file(rows));
        page.locator(SEND).click();
        page.waitForURL(address -> address.matches(LIST));
    }

    private static FilePayload file(String rows) {
        return new FilePayload("会员名单.csv", "text/csv", rows.getBytes(Charset.forName("GB18030")));
    }
}
