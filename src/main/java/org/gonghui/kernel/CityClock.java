package org.gonghui.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * The city's clock: days and months are those of Asia/Shanghai. It shows the machine's time, or, for the demonstration
 * city, a time that runs as fast but lies in the demonstration's year.
 */
public final class CityClock extends Clock {

    /** Where days and months begin. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final InstantSource machine;
    private final ZoneId zone;
    private volatile Duration behind = Duration.ZERO;

    /** A clock that shows the machine's time. */
    public CityClock(InstantSource machine) {
        this(machine, ZONE);
    }

    private CityClock(InstantSource machine, ZoneId zone) {
        this.machine = machine;
        this.zone = zone;
    }

    /** Lets the city's time go on from this instant. Only before the city is open. */
    public void goOnFrom(Instant instant) {
        behind = Duration.between(instant, machine.instant());
    }

    @Override
    public Instant instant() {
        return machine.instant().minus(behind);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        var clock = new CityClock(machine, other);
        clock.behind = behind;
        return clock;
    }
}
