package org.gonghui.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.gonghui.support.CityTest;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A city that names no provider: nothing of it is to be seen. */
@CityTest
class NoProviderTests {

    @Autowired
    private Visitors visitors;

    @Test
    void withoutAProviderThereIsNoOtherWay() {
        assertThat(visitors.fresh().get("/sign-in").body()).doesNotContain("/sign-in/outside");
        Visitor officer = visitors.signedIn("street@demo");
        assertThat(officer.get("/desk/unions").body()).doesNotContain("/desk/outside-sign-in");
        for (String page : new String[] {
            "/sign-in/outside", "/sign-in/outside/callback", "/desk/outside-sign-in", "/desk/outside-sign-in/away"
        }) {
            assertThat(officer.get(page).statusCode()).as(page).isEqualTo(OidcRefusal.NOT_OFFERED.status());
        }
    }
}
