package org.gonghui.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gonghui.kernel.BadInput;
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

    /** Something is wrong in this field, and in no other. */
    public static void assertFault(String field, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field)
                                .containsExactly(field));
    }
}
