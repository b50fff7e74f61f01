package org.gonghui.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.Charset;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.gonghui.support.Workbooks;
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
            page.setInputFiles("input[type=file]", file("姓名\n"));
            page.locator("select[name=people]").selectOption("");
            page.locator(SEND).click();
            page.waitForSelector("[data-refused]:not([hidden])");
            assertThat(officer.main()).as("what was said before is over").doesNotContain("没有收到表格");
            page.reload();

            page.locator("select[name=people]").selectOption("");
            page.setInputFiles("input[type=file]", file("姓名,身份证号\n\"甲,1\n"));
            page.locator(SEND).click(); // without saying who they are
            page.waitForSelector("[data-refused]:not([hidden])");
            assertThat(officer.main()).contains("名单上是什么人：");
            officer.look("enrolment-refused-file");
            page.locator("select[name=people]").selectOption("JOINING");
            page.locator(SEND).click(); // the file is still there
            page.waitForURL(address -> address.matches(LIST));
            page.waitForSelector("main .empty");
            assertThat(officer.main()).contains("这份名单读不了");
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
            page.waitForSelector("#outcome-title");
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
            officer.page
                    .locator("main .people li:has-text('Unreadable') a")
                    .first()
                    .click();
            officer.page.waitForURL(address -> address.matches(LIST));
            officer.look("enrolment-broken-read");
            officer.page.locator("main a[href*='/desk/enrolments/']").first().click();
            officer.page.locator("select[name=people]").selectOption("OPENING");
            officer.page.setInputFiles(
                    "input[type=file]",
                    new FilePayload("list.csv", "text/csv", "Name,ID number\nOuyang,123\n".getBytes(UTF_8)));
            officer.page.locator(SEND).click();
            officer.page.waitForSelector("#outcome-title");
            officer.look("enrolment-looked-phone");
            officer.page.locator("main form[action$='/giving-up'] button").click();
            assertThat(officer.main()).contains("This list was given up");
        }
    }

    /** Whose headings nobody understands: said once at the desk, and by a phone without scripts. */
    @Test
    void theColumnsOfAListAreChosenAndRemembered() {
        String rows = "2023年职工花名册\n人员,证件,联络,工种,出生年月\n"
                + "𠮷田,%s,13800138000,快递员,1990-03-07\n"
                        .formatted(Given.freshIdentity().text())
                + "欧阳若川,%s,,,\n".formatted(Given.freshIdentity().text());
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("base@demo").go("/desk/enrolments").page;
            send(page, rows);
            page.waitForSelector("main .empty");
            assertThat(officer.main()).contains("还不知道哪一列是什么");
            officer.look("enrolment-unclear");
            page.locator("main .empty a").click();
            page.waitForURL("**/columns");
            officer.look("enrolment-columns");
            page.locator("select[name=name]").selectOption("0");
            page.locator("select[name=phone]").selectOption("0");
            page.locator("main form[method=post] button").click();
            assertThat(officer.main()).contains("请填写这一项", "每列只能选一次");
            officer.look("enrolment-columns-refused");
            page.locator("select[name=identity]").selectOption("1");
            page.locator("select[name=phone]").selectOption("2");
            page.locator("select[name=employment]").selectOption("3");
            page.locator("main form[method=post] button").click();
            page.waitForSelector("#first-title");
            assertThat(officer.main()).contains("选定的读", "𠮷田", "出生年月").doesNotContain("1990-03-07");
            officer.look("enrolment-columns-read");
        }
        try (var officer = new Person(city, Screen.PHONE, "en")) {
            Page page = officer.signedIn("base@demo").go("/desk/enrolments").page;
            send(page, rows);
            page.waitForSelector("#outcome-title"); // by the choice of before
            officer.look("enrolment-chosen");
            page.locator("main a[href$='/columns']").first().click();
            page.waitForURL("**/columns");
            officer.look("enrolment-columns-chosen");
        }
        try (var officer = Person.withoutScript(city)) {
            Page page = officer.signedIn("base@demo").go("/desk/enrolments").page;
            send(page, rows.replace("人员", "何人"));
            page.waitForCondition(() -> {
                page.reload();
                return page.locator("main .empty a").count() > 0;
            });
            page.locator("main .empty a").first().click();
            page.locator("select[name=row]").selectOption("3");
            page.locator("main form[method=get] button").click();
            assertThat(officer.main()).contains("A（𠮷田）");
            page.locator("select[name=name]").selectOption("0");
            page.locator("select[name=identity]").selectOption("1");
            page.locator("main form[method=post] button").click();
            assertThat(officer.main()).contains("第 3 行像是一个人的资料");
            page.locator("select[name=row]").selectOption("2");
            page.locator("main form[method=get] button").click();
            page.locator("select[name=name]").selectOption("0");
            page.locator("select[name=identity]").selectOption("1");
            page.locator("main form[method=post] button").click();
            page.waitForCondition(() -> {
                page.reload();
                return page.locator("#first-title").count() > 0;
            });
            page.locator("main form[action$='/giving-up'] button").click();
            assertThat(officer.main()).contains("这份名单已放弃");
        }
    }

    /** A workbook in which everything stands that spreadsheets do, then a list so long that one leaves it and gives it up. */
    @Test
    void aTortureWorkbookIsAnsweredAndALongListGivenUpWhileItIsRead() {
        try (var officer = new Person(city, Screen.DESK, "en")) {
            Page page = officer.signedIn("base@demo").go("/desk/enrolments").page;
            page.locator("select[name=people]").selectOption("OPENING");
            page.setInputFiles(
                    "input[type=file]", new FilePayload("名单.xlsx", "application/octet-stream", Workbooks.torture()));
            page.locator(SEND).click();
            page.waitForSelector("#outcome-title");
            assertThat(officer.main())
                    .contains(
                            "Enter only those without faults (%d)".formatted(Workbooks.TORTURE_GOOD),
                            "Download the rows with faults (%d)".formatted(Workbooks.TORTURE_BAD),
                            "2 of the rows are hidden");
            officer.look("enrolment-torture");
        }
        try (var officer = new Person(city, Screen.PHONE, "zh")) {
            Page page = officer.signedIn("base@demo").go("/desk/enrolments").page;
            send(page, "姓名,身份证号\n" + "某人,12\n".repeat(600_000));
            int before = rowsRead(page);
            page.reload();
            assertThat(rowsRead(page))
                    .as("goes on, however often the page is asked for")
                    .isGreaterThanOrEqualTo(before);
            officer.look("enrolment-reading");
            page.locator("main form[action$='/giving-up'] button").click();
            page.waitForSelector("main .empty");
            assertThat(officer.main()).contains("这份名单已放弃", "没有登记任何人");
        }
    }

    /** How many rows the page says have been read, once it says any. */
    private static int rowsRead(Page page) {
        Locator progress = page.locator("#progress").filter(new Locator.FilterOptions().setHasText("已核对"));
        progress.waitFor();
        return Integer.parseInt(progress.innerText().replaceAll("\\D", ""));
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
