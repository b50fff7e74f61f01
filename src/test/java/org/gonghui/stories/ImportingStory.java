package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.Charset;
import java.util.UUID;
import org.gonghui.stories.Person.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A district officer founds many unions from a table, and joins some across the tree. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class ImportingStory {

    private static final String SEND = "main form[enctype] button[type=submit]";

    private final Platform city = Platform.demonstration();

    @Test
    void aTableIsSentLookedThroughAndFounded() {
        String street = "澄光" + UUID.randomUUID().toString().substring(0, 6) + "街道总工会";
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("district@demo").go("/desk/unions").page;
            page.locator("main a[href$='/imports']").first().click();
            page.waitForURL("**/imports");
            officer.look("importing");

            page.locator(SEND).click(); // without a file
            assertThat(officer.main()).contains("没有收到表格");
            officer.look("importing-refused");

            page.setInputFiles("input[type=file]", table("名称,类型,建会日期,所属上级\n甲工会,基层工会,2023-03-08,乙\n"));
            page.locator(SEND).click();
            assertThat(officer.main()).contains("看不懂表头“所属上级”");
            officer.look("importing-superior-unread");

            page.setInputFiles(
                    "input[type=file]",
                    table("编号,名称,类型,建会日期,上级工会,备注\n"
                            + "," + street + ",街道总工会,2023/3/8,,新设\n"
                            + "," + "很长的名称".repeat(15) + "工会,基层工会,2023年5月6日," + street + ",\n"
                            + ",坏日期工会,基层工会,去年," + street + ",\n"
                            + "=A1,没有上级的工会,幼儿园,2023-05-06,没有这个工会,\n"));
            page.locator(SEND).click();
            page.waitForURL(address -> address.matches(".*/imports/[0-9a-f-]{36}"));
            assertThat(officer.main()).contains("没有这一天", "这一格是公式", "备注");
            officer.look("import-faults");
            page.locator("main nav a[href$='shown=NEW']").click();
            page.waitForURL("**shown=NEW");
            assertThat(officer.main()).contains(street);
            officer.look("import-new");

            page.locator("main details.asks summary").click();
            page.locator("main details.asks form button").click();
            page.waitForURL(address -> address.matches(".*/imports/[0-9a-f-]{36}"));
            assertThat(officer.main()).contains("已建立 2 个工会");
            officer.look("import-founded");
        }
    }

    @Test
    void anAreaHasUnionsAndFigures() {
        String name = "翠湾" + UUID.randomUUID().toString().substring(0, 6) + "片区";
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("district@demo").go("/desk/groupings").page;
            assertThat(officer.main()).contains("澄湖片区", "青杉软件行业工会联合会");
            officer.look("groupings");
            page.locator("main a[href$='/making']").click();
            page.waitForURL("**/making");
            page.locator("select[name=kind]").selectOption("AREA");
            page.locator("input[name=name]").fill(name);
            page.locator("input[name=from]").fill("2023-02-01");
            officer.look("grouping-making");
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL("**/desk/groupings/of/**");
            officer.look("grouping-empty");

            page.locator("input[name=union]").fill("没有这个工会");
            page.locator("main .adds form button[type=submit]").first().click();
            assertThat(page.locator("input[name=union]").inputValue()).isEqualTo("没有这个工会");
            officer.look("grouping-refused");
            page.locator("input[name=union]").fill("中关村街道总工会");
            page.locator("main .adds input[name=from]").fill("2023-03-08");
            page.locator("main .adds form button[type=submit]").first().click();
            page.waitForSelector("main .people a");
            assertThat(officer.main()).contains("中关村街道总工会", "会员总数");
            officer.look("grouping");
        }
        try (var reader = new Person(city, Screen.PHONE, "en")) {
            reader.signedIn("auditor@demo").go("/desk/groupings");
            reader.look("groupings-read");
            reader.page.locator("main tbody a").first().click();
            reader.page.waitForURL("**/desk/groupings/of/**");
            reader.look("grouping-read");
        }
    }

    /** A table as Chinese spreadsheets save it. */
    private static FilePayload table(String text) {
        return new FilePayload("新建工会.csv", "text/csv", text.getBytes(Charset.forName("GB18030")));
    }
}
