package org.gonghui.notice;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.layout.Language;

/**
 * How a person wants to be reached beside the inbox.
 *
 * @param byPhone what comes to the phone
 * @param byEmail true when e-mail is wanted
 * @param emailProved true when there is an address, and a code that went there has come back
 */
record Contact(ByPhone byPhone, boolean byEmail, boolean emailProved, Quiet quiet, Language language) {

    /** Short messages, WeChat, or nothing: by one of them at most, nobody is told twice. */
    enum ByPhone {
        SMS,
        WECHAT,
        NONE
    }

    /**
     * The hours, by the city's clock, in which nothing leaves: from 22 until 7. Equal hours are none.
     *
     * @param from the hour in which it begins, 0 to 23
     * @param until the hour in which it is over, 0 to 23
     */
    record Quiet(int from, int until) {

        /** The first moment, now or later, at which something may leave. */
        Instant endAt(Instant now) {
            ZonedDateTime here = now.atZone(CityClock.ZONE);
            if (!isQuiet(here.getHour())) {
                return now;
            }
            ZonedDateTime end = here.with(LocalTime.of(until, 0));
            return (end.isAfter(here) ? end : end.plusDays(1)).toInstant();
        }

        private boolean isQuiet(int hour) {
            return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
        }
    }

    /** For who has chosen nothing. */
    static final Contact USUAL = new Contact(ByPhone.SMS, true, false, new Quiet(22, 7), Language.CHINESE);

    /** The ways by which this person is told. */
    Set<Way> ways() {
        Set<Way> ways = EnumSet.noneOf(Way.class);
        switch (byPhone) {
            case SMS -> ways.add(Way.SMS);
            case WECHAT -> ways.add(Way.WECHAT);
            case NONE -> {
                // the inbox is enough
            }
        }
        if (byEmail && emailProved) {
            ways.add(Way.EMAIL);
        }
        return ways;
    }
}
