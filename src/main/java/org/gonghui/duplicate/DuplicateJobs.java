package org.gonghui.duplicate;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Compares whoever came or changed, beside the requests. */
@Component
class DuplicateJobs {

    /** So that a million people on a list leave the machine to others in between. */
    private static final int AT_ONCE = 20;

    private final Duplicates duplicates;

    DuplicateJobs(Duplicates duplicates) {
        this.duplicates = duplicates;
    }

    @Scheduled(fixedDelay = 2_000)
    void compare() {
        for (int i = 0; i < AT_ONCE; i++) {
            if (!duplicates.compareSome()) {
                return;
            }
        }
    }
}
