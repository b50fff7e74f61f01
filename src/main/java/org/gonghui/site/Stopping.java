package org.gonghui.site;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Waits between "not ready" and closing the doors, so that a balancer has taken the node out before it turns anybody away.
 * What comes meanwhile is answered as ever.
 */
@Component
class Stopping implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    private final Duration notice;

    /** @param seconds between the two */
    Stopping(@Value("${gonghui.stop-notice}") long seconds) {
        this.notice = Duration.ofSeconds(seconds);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (!(event.getApplicationContext() instanceof WebServerApplicationContext)) {
            return;
        }
        LOG.info("Stopping; the doors close in {} s", notice.toSeconds());
        if (notice.isZero()) {
            return;
        }
        try {
            Thread.sleep(notice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
