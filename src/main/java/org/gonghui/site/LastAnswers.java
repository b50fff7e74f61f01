package org.gonghui.site;

import java.time.Duration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Waits a moment between the last request's end and closing the connections. Tomcat takes a request as ended when the
 * servlet has returned, and writes the end of its answer afterwards: without the moment a busy machine loses that answer.
 */
@Component
class LastAnswers implements SmartLifecycle {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private volatile boolean running;

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            Thread.sleep(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
