package org.gonghui.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Keeps libraries from saying, with a trace for each transaction under way, that the database is away: {@link Signals} says it
 * once. A fault of any other kind is logged as ever, and so is what we say ourselves.
 */
@Component
class AwayIsSaidOnce extends TurboFilter implements InitializingBean, DisposableBean {

    private static final String OURS = "org.gonghui";

    private final ILoggerFactory loggers = LoggerFactory.getILoggerFactory();

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] facts,
            @Nullable Throwable fault) {
        return fault != null && !logger.getName().startsWith(OURS) && DatabaseAway.isReasonOf(fault)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    @Override
    public void afterPropertiesSet() {
        if (loggers instanceof LoggerContext context) {
            context.addTurboFilter(this);
        }
    }

    @Override
    public void destroy() {
        if (loggers instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
    }
}
