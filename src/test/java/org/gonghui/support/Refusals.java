package org.gonghui.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gonghui.kernel.Refusal;
import org.gonghui.kernel.Refused;

/** What a command answers that it does not carry out. */
public final class Refusals {

    private Refusals() {}

    /** It is refused, and for this reason. */
    public static void assertRefused(Refusal refusal, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.refusal()).isEqualTo(refusal));
    }
}
