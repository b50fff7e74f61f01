package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.Charset;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A street's social worker brings the employers that were counted on foot, as a table; their foundings are listed. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class CanvassStory {

    private static final String SEND = "main form[enctype] button[type=submit]";
    private static final String HEAD = "单位全称,信用代码,行业,单位性质,统计日期,职工总数,女职工,外卖送餐员,联系人,联系电话,备注\n";

    private final Platform city = Platform.demonstration();

    @Test
    void aTableIsSentLookedThroughAndEntered() {
        String code = Given.freshCode();
        String good = Given.freshEmployer() + "," + code + ",住宿和餐饮业,民营企业,2023/5/6,120,50,20,欧阳若川,13800000000,\n";
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("street@demo").go("/desk/employers").page;
            page.locator("main .page-tools a[href*='/desk/canvasses/']").click();
            page.waitForURL("**/desk/canvasses/*");
            officer.look("canvass");
            page.locator(SEND).click(); // without a file
            assertThat(officer.main()).contains("没有收到表格");
            officer.look("canvass-refused");

            page.setInputFiles(
                    "input[type=file]",
                    table(HEAD + good + "很长的名称".repeat(12) + "有限公司,9.11101E+17,C,私企,2023-05-06,30,,,,,\n"
                            + "甲公司,91350100M000100Y44,开矿,幼儿园,2023-02-30,三十,,,,1380,\n"
                            + Given.freshEmployer() + ",,教育,事业单位,,,,,,,下次补\n"));
            page.locator(SEND).click();
            page.waitForURL(address -> address.matches(".*/canvasses/[0-9a-f-]{36}/[0-9a-f-]{36}"));
            assertThat(officer.main()).contains("设为“文本”", "没有这个行业", "备注");
            officer.look("canvass-faults");
            page.locator("main nav a[href$='shown=NEW']").click();
            page.waitForURL("**shown=NEW");
            officer.look("canvass-new");
            page.locator("main details.asks summary").click();
            page.locator("main details.asks form button").click();
            page.waitForSelector("main a[href*='sort=NEWEST']");
            assertThat(officer.main()).contains("已登记 2 家，更新 0 家");
            officer.look("canvass-entered");
        }
        try (var officer = new Person(city, Screen.PHONE, "en")) {
            Page page = officer.signedIn("street@demo").go("/desk/employers").page;
            page.locator("main .page-tools a[href*='/desk/canvasses/']").click();
            page.waitForURL("**/desk/canvasses/*");
            officer.look("canvass-en");
            page.setInputFiles(
                    "input[type=file]",
                    table(HEAD + good.replace("2023/5/6,120,50", "2023/9/6,150,60")
                            + "甲公司,9.11101E+17,开矿,幼儿园,2023-02-30,三十,,,,1380,\n"));
            page.locator(SEND).click();
            page.waitForURL(address -> address.matches(".*/canvasses/[0-9a-f-]{36}/[0-9a-f-]{36}"));
            officer.look("canvass-faults-en");
            page.locator("main nav a[href$='shown=CHANGED']").click();
            page.waitForURL("**shown=CHANGED");
            assertThat(officer.main()).contains("120 workers (2023-05-06) → 150 workers (2023-09-06)");
            officer.look("canvass-changed-en");
        }
    }

    @Test
    void foundingsAreListedAndTheirEmployersSayThatTheyAreOnTheirWay() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("street@demo").go("/desk/foundings").page;
            page.waitForURL("**/desk/foundings/*");
            String list = page.url().replaceAll(".*(/desk/foundings/[0-9a-f-]{36}).*", "$1") + "/list?of=";
            officer.go(list + "APPLIED").look("founding-list");
            page.locator("main tbody a").first().click();
            page.waitForSelector("#papers");
            assertThat(officer.main()).contains("建会申请");
            officer.look("founding-with-papers");
            officer.go(list + "founding.founded&period=2023&sort=WORKERS").look("founding-list-approved");
            officer.go(list.replace("foundings", "employers").replace("/list?of=", "?organised=WITHOUT"))
                    .look("employers-under-way");
            page.locator("main tbody td a[href*='/desk/foundings/of/']").first().click();
            page.waitForSelector("#papers");
            page.locator("main a[href*='/desk/employers/of/']").first().click();
            page.waitForURL("**/desk/employers/of/*");
            assertThat(officer.main()).contains("建会中：");
            officer.look("employer-under-way");
        }
        try (var reader = new Person(city, Screen.PHONE, "en")) {
            Page page = reader.signedIn("district@demo").go("/desk/foundings").page;
            page.waitForURL("**/desk/foundings/*");
            String list = page.url().replaceAll(".*(/desk/foundings/[0-9a-f-]{36}).*", "$1") + "/list?of=";
            reader.go(list + "VERIFIED&sort=WORKERS").look("founding-list-en");
        }
    }

    /** A table as Chinese spreadsheets save it. */
    private static FilePayload table(String text) {
        return new FilePayload("用人单位.csv", "text/csv", text.getBytes(Charset.forName("GB18030")));
    }
}
