package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;
import org.gonghui.oidc.PretendProvider;
import org.gonghui.stories.Person.Screen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An officer's sign-in over the years: a link, another password, another phone, both lost, another way in, and a successor. */
class OwnSignInStory {

    private static final String LOGIN = "lin.zhixia";
    private static final String FIRST = "a sentence that is easy to keep";
    private static final String SECOND = "another that nobody guesses";
    private static final String THIRD = "and a third after the phone was lost";

    private static final PretendProvider OFFICE = new PretendProvider();
    private static final Platform CITY = Platform.small(Map.of(
            "GONGHUI_OIDC_ISSUER",
            OFFICE.issuer(),
            "GONGHUI_OIDC_CLIENT_ID",
            PretendProvider.CLIENT,
            "GONGHUI_OIDC_CLIENT_SECRET",
            PretendProvider.SECRET,
            "GONGHUI_OIDC_NAME",
            "政务统一身份认证"));

    @AfterAll
    static void close() {
        CITY.close();
        OFFICE.close();
    }

    @Test
    void fromTheFirstLinkToTheSuccessor() throws Exception {
        try (var above = new Person(CITY, Screen.DESK, "zh");
                var officer = new Person(CITY, Screen.PHONE, "zh")) {
            Authenticator phone = takesTheAccount(officer, appointed(above), FIRST);
            signsIn(officer, FIRST, phone);
            changesThePassword(officer);
            Authenticator next = changesThePhone(officer, phone);
            signsIn(officer, SECOND, next);
            Authenticator last = losesBoth(above, officer);
            signsIn(officer, THIRD, last);
            assertThat(officer.go("/me/notices").main()).contains("密码和身份验证器已更换", "给出了一个重新设置您登录的链接");
            comesByTheOffice(officer, last);
            showsAgainWhoTheyAre(officer, last);
            handsOver(above, officer);
            closesAnAccount(above);
        }
    }

    private static String appointed(Person above) {
        above.signedIn("district@demo").go("/desk/appointments/new");
        above.page.locator("input[name=login]").fill(LOGIN);
        above.page.locator("input[name=name]").fill("林知夏");
        above.page.locator("select[name=role]").selectOption("STREET_OFFICER");
        send(above.page);
        return above.page.locator("#link").inputValue();
    }

    private static Authenticator takesTheAccount(Person officer, String link, String password) throws Exception {
        Page page = officer.page;
        page.navigate(link);
        var phone = new Authenticator(page.locator(".secret").textContent());
        page.locator("input[name=password]").fill(password);
        page.locator("input[name=again]").fill(password);
        page.locator("input[name=code]").fill(phone.code());
        send(page);
        page.waitForURL("**/sign-in");
        return phone;
    }

    private static void signsIn(Person officer, String password, Authenticator phone) throws Exception {
        Page page = officer.go("/sign-in").page;
        page.locator("input[name=login]").fill(LOGIN);
        page.locator("input[name=password]").fill(password);
        send(page);
        page.waitForURL("**/sign-in/code**");
        page.locator("input[name=code]").fill(phone.code());
        send(page);
        page.waitForURL("**/desk/**");
    }

    private static void changesThePassword(Person officer) {
        Page page = officer.page;
        page.locator(".desk-self details summary").click();
        page.locator("a[href='/me/sign-in']").click();
        page.waitForURL("**/me/sign-in");
        assertThat(officer.main()).contains(LOGIN, "这里", "Chrome");
        officer.look("own-sign-in");
        page.locator("a[href='/me/sign-in/password']").click();
        officer.look("own-password");
        page.locator("input[name=present]").fill("not the present one");
        page.locator("input[name=password]").fill(SECOND);
        page.locator("input[name=again]").fill(SECOND);
        send(page);
        page.locator(".refusal").waitFor();
        assertThat(officer.main()).contains("现在的密码不对");
        officer.look("own-password-refused");
        page.locator("input[name=present]").fill(FIRST);
        page.locator("input[name=password]").fill(SECOND);
        page.locator("input[name=again]").fill(SECOND);
        send(page);
        page.waitForURL("**/me/sign-in");
    }

    private static Authenticator changesThePhone(Person officer, Authenticator phone) throws Exception {
        Page page = officer.page;
        page.locator("a[href='/me/sign-in/factor']").click();
        officer.look("own-factor");
        page.locator("input[name=present]").fill(SECOND);
        page.locator("input[name=code]").fill(phone.code());
        send(page);
        page.waitForURL("**/invitations/**");
        officer.look("own-factor-next");
        assertThat(page.locator("input[name=password]").count()).isZero();
        var next = new Authenticator(page.locator(".secret").textContent());
        page.locator("input[name=code]").fill(next.code());
        send(page);
        page.waitForURL("**/sign-in");
        return next;
    }

    private static Authenticator losesBoth(Person above, Person officer) throws Exception {
        Page page = above.go("/desk/appointments").page;
        above.look("staff-with-links");
        row(page).locator("a[href$='/renewal']").click();
        above.look("renewal");
        synchronized (CITY) {
            page.locator("input[name=code]").fill(CITY.visitor("district@demo").code("district@demo"));
            send(page);
            page.locator("#link").waitFor();
        }
        above.look("renewal-link");
        String link = page.locator("#link").inputValue();
        // The officer's session goes on until the link is used.
        assertThat(officer.go("/me/sign-in").main()).contains(LOGIN);
        officer.page.navigate(link);
        officer.look("renewed");
        Authenticator last = takesTheAccount(officer, link, THIRD);
        assertThat(officer.go("/me/sign-in").page.url()).endsWith("/sign-in/phone?to=%2Fme%2Fsign-in");
        return last;
    }

    /** Ties the account to the city's own sign-in, and comes back by it. */
    private static void comesByTheOffice(Person officer, Authenticator phone) throws Exception {
        OFFICE.expect("lin.zhixia@office");
        Page page = officer.go("/me/sign-in").page;
        page.locator("a[href='/desk/outside-sign-in']").click();
        officer.look("outside-untied");
        page.locator("a[href='/desk/outside-sign-in/away']").click();
        page.waitForURL("**/desk/outside-sign-in");
        officer.look("outside-confirming");
        page.locator("input[name=code]").fill(phone.code());
        send(page);
        page.locator("form[action='/desk/outside-sign-in/end']").waitFor(attached());
        officer.look("outside-tied");
        page.locator(".desk-self details summary").click();
        page.locator(".desk-self form[action='/sign-out'] button").click();
        page.waitForURL(CITY.address() + "/");
        officer.go("/sign-in");
        officer.look("sign-in-with-office");
        page.getByText("政务统一身份认证").click();
        page.waitForURL("**/desk/**");
        assertThat(officer.go("/me/sign-in").main()).contains(LOGIN);
    }

    /** The office answered for them: before a tie is undone, or a token made, they show a code here. */
    private static void showsAgainWhoTheyAre(Person officer, Authenticator phone) throws Exception {
        Page page = officer.go("/desk/outside-sign-in").page;
        officer.look("outside-asks-first");
        officer.go("/desk/tokens").look("tokens-ask-first");
        page.locator("a[href='/me/sign-in/confirmation?to=/desk/tokens']").click();
        officer.look("confirmation");
        page.locator("input[name=code]").fill("000000");
        send(page);
        page.locator(".refusal").waitFor();
        officer.look("confirmation-refused");
        page.locator("input[name=code]").fill(phone.code());
        send(page);
        page.waitForURL("**/desk/tokens");
        page.locator("input[name=label]").waitFor();
    }

    private static void closesAnAccount(Person above) {
        Page page = above.go("/desk/appointments").page;
        page.locator("main tbody tr")
                .filter(new Locator.FilterOptions().setHasText("he.yuanzhou"))
                .locator("a[href$='/account']")
                .click();
        page.waitForURL("**/account");
        above.look("account");
        page.locator("details.pop summary.btn-danger").click();
        above.look("account-closing");
        send(page);
        page.waitForURL("**/desk/appointments");
        assertThat(above.main()).doesNotContain("he.yuanzhou");
    }

    private static void handsOver(Person above, Person officer) {
        Page page = above.go("/desk/appointments").page;
        row(page).locator("a[href$='/handover']").click();
        above.look("handing-over");
        page.locator("input[name=login]").fill("he.yuanzhou");
        page.locator("input[name=name]").fill("贺远舟");
        send(page);
        page.locator("#link").waitFor();
        above.look("handed-over");
        assertThat(above.main()).contains("林知夏", "贺远舟");
        above.go("/desk/handovers").look("handovers");
        assertThat(officer.go("/me/notices").main()).contains("您的工作交给了贺远舟");
    }

    private static Locator row(Page page) {
        return page.locator("main tbody tr").filter(new Locator.FilterOptions().setHasText(LOGIN));
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    }

    private static void send(Page page) {
        page.locator("main form button[type=submit]").last().click();
    }
}
