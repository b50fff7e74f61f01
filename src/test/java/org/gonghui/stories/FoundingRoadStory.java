package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A street's social worker takes an employer from the first record to a union that stands in the tree and in the figures. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class FoundingRoadStory {

    private static final FilePayload PAPER =
            new FilePayload("建会申请.pdf", "application/pdf", "%PDF-1.7 paper".getBytes(StandardCharsets.UTF_8));

    private final Platform city = Platform.demonstration();

    @Test
    void fromAnEmployerToAUnion() {
        String name = "北京" + Given.freshEmployer() + "很长的名字".repeat(5);
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("street@demo").go("/desk/overview").page;
            page.locator("nav a[href='/desk/employers']").first().click();
            page.waitForURL("**/desk/employers/*");
            officer.look("employers");
            page.locator("main .page-tools .btn-primary").click();
            page.locator("main form button[type=submit]").click();
            page.waitForSelector("main .refusal");
            assertThat(officer.main()).contains("请填写这一项");
            officer.look("employer-refused");
            page.fill("[name=name]", name);
            page.fill("[name=code]", "91350100M000100Y44");
            page.locator("select[name=trade]").selectOption("INFORMATION");
            page.locator("select[name=ownership]").selectOption("PRIVATE");
            page.fill("[name=workers]", "128");
            page.locator("main form button[type=submit]").click();
            page.waitForSelector("#field-code-fault");
            assertThat(officer.main()).contains("信用代码有一位不对");
            page.fill("[name=code]", Given.freshCode());
            page.locator("main form button[type=submit]").click();
            page.waitForURL("**/desk/employers/of/*");
            officer.look("employer");

            page.locator("main .page-tools .btn-primary").click();
            page.locator("main form button[type=submit]").click();
            page.waitForURL("**/desk/foundings/of/*");
            officer.look("founding");
            press(page, "#steps details", "开始筹备");
            for (String kind : new String[] {"APPLICATION", "ELECTION"}) {
                if (!page.locator("#papers [name=file]").isVisible()) {
                    page.locator("#papers details.adds > summary").click();
                }
                page.locator("#papers [name=kind]").selectOption(kind);
                page.setInputFiles("#papers [name=file]", PAPER);
                page.locator("#papers form[enctype] button").click();
            }
            assertThat(officer.main()).contains("提交申请");
            page.fill("[name=grant]", "三千");
            page.fill("[name=officer-1]", "买买提·艾力");
            page.locator("#application form button[type=submit]").click();
            page.waitForSelector("main .refusal");
            assertThat(officer.main()).contains("请填金额", "请填一位主席");
            assertThat(page.inputValue("[name=officer-1]")).isEqualTo("买买提·艾力");
            officer.look("founding-refused");
            page.fill("[name=grant]", "3000");
            page.fill("[name=officer-0]", "欧阳若川");
            String login = "chair" + System.nanoTime();
            page.fill("[name=login-0]", login);
            page.locator("#application form button[type=submit]").click();
            page.waitForSelector("#decision");
            officer.look("founding-applied");
            page.locator("#decision form[action$='/approval'] button").click();
            page.waitForSelector("input[data-select]");
            assertThat(officer.main()).contains("已批准建会", login);
            officer.look("founding-approved-links");
            page.locator("main a.btn-primary").click();
            page.waitForURL("**/desk/unions/*");
            assertThat(officer.main()).contains(name + "工会", "欧阳若川");

            officer.go("/desk/foundings");
            officer.look("founding-board");
            page.locator(".founded-total a").click();
            page.waitForURL("**/list?of=founding.founded*");
            assertThat(officer.main()).contains(name);
            officer.look("founding-list");
        }
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            officer.signedIn("district@demo").go("/desk/foundings");
            officer.look("founding-board-district");
            officer.go("/desk/employers");
            officer.look("employers-district");
            officer.go("/desk/figures");
            assertThat(officer.main()).contains("新建基层工会");
            officer.look("figures-founding");
        }
        try (var officer = new Person(city, Screen.PHONE, "en")) {
            Page page = officer.signedIn("street@demo").go("/desk/foundings").page;
            officer.look("founding-board");
            page.locator(".board-card a").first().click();
            page.waitForURL("**/desk/foundings/of/*");
            officer.look("founding");
            page.locator("#employers a").first().click();
            page.waitForURL("**/desk/employers/of/*");
            officer.look("employer");
            officer.go("/desk/employers");
            officer.look("employers");
        }
    }

    /** Opens what asks first, and confirms. */
    private static void press(Page page, String where, String label) {
        var asks = page.locator(where).filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(label));
        asks.locator("summary").click();
        asks.locator("form button").click();
    }
}
