package org.gonghui.site;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.gonghui.database.Pulse;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.org.Unions;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** For containers and load balancers: whether this node lives, and whether it should be sent any requests. */
@Controller
class HealthPages {

    /** Whoever asks a thousand times a second costs the database one question a second. */
    private static final Duration SEEN_FOR = Duration.ofSeconds(1);

    private record Look(boolean well, long at) {}

    private final ApplicationAvailability availability;
    private final Pulse pulse;
    private final Unions unions;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last = new Look(false, System.nanoTime() - SEEN_FOR.toNanos());

    HealthPages(ApplicationAvailability availability, Pulse pulse, Unions unions) {
        this.availability = availability;
        this.pulse = pulse;
        this.unions = unions;
    }

    /** 200 as long as the process answers at all, whatever the database does: a new process would not mend that. */
    @GetMapping(value = "/site/live", produces = "text/plain;charset=UTF-8")
    @May(Right.PUBLIC)
    ResponseEntity<String> live() {
        return ResponseEntity.ok("live");
    }

    /** 503 until the city is open, while the database is away, and from the moment at which the node is told to stop. */
    @GetMapping(value = "/site/ready", produces = "text/plain;charset=UTF-8")
    @May(Right.PUBLIC)
    ResponseEntity<String> ready() {
        boolean open = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        return open && works()
                ? ResponseEntity.ok("ready")
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("not ready");
    }

    private boolean works() {
        if (System.nanoTime() - last.at() > SEEN_FOR.toNanos() && looking.tryLock()) {
            try {
                last = new Look(look(), System.nanoTime());
            } finally {
                looking.unlock();
            }
        }
        return last.well();
    }

    private boolean look() {
        try {
            unions.city(); // reads the tree, if it is not in memory
            return pulse.beats();
        } catch (RuntimeException away) {
            return false;
        }
    }
}
