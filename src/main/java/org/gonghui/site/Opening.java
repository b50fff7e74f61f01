package org.gonghui.site;

import org.gonghui.access.Accounts;
import org.gonghui.access.Invitations;
import org.gonghui.kernel.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says at the end of the start where the platform is, and, for a new city, the link that sets it up. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Opening implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final Accounts accounts;
    private final Invitations invitations;
    private final String publicUrl;
    private final String renewFor;

    Opening(
            Accounts accounts,
            Invitations invitations,
            @Value("${gonghui.mode}") String mode,
            @Value("${gonghui.log}") String log,
            @Value("${GONGHUI_PUBLIC_URL:}") String given,
            @Value("${gonghui.public-url}") String publicUrl,
            @Value("${GONGHUI_RENEW_ACCESS:}") String renewFor) {
        if (!"demo".equals(mode) && !"production".equals(mode)) {
            throw new CannotStart("GONGHUI_MODE is demo or production, not " + mode);
        }
        if (!"text".equals(log) && !"json".equals(log)) {
            throw new CannotStart("GONGHUI_LOG is text or json, not " + log);
        }
        if ("production".equals(mode) && given.isBlank()) {
            throw new CannotStart("GONGHUI_PUBLIC_URL must name the address under which people reach the city");
        }
        this.accounts = accounts;
        this.invitations = invitations;
        this.publicUrl = publicUrl;
        this.renewFor = renewFor;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (accounts.isEmpty()) {
            LOG.info(
                    "Set the city up with this link, once, within seven days: {}{}",
                    publicUrl,
                    invitations.setUpLink());
        }
        if (!renewFor.isBlank()) {
            LOG.info(
                    "Who signs in as {} sets password and second factor anew by this link, once, within a day: {}{}",
                    renewFor,
                    publicUrl,
                    invitations.renewalByOperator(renewFor));
        }
        LOG.info("Gonghui is open at {}", publicUrl);
    }
}
