package org.gonghui.access;

import java.util.stream.Stream;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.jspecify.annotations.Nullable;

/** A password that somebody chooses, typed twice. */
record NewPassword(String password, String again) {

    static NewPassword typed(@Nullable String password, @Nullable String again) {
        return new NewPassword(password == null ? "" : password, again == null ? "" : again);
    }

    /** Adds what is wrong with it; {@code names} as in {@link PasswordRules}. */
    void check(Input input, Stream<String> names) {
        int length = CleanText.length(password);
        if (length < Passwords.SHORTEST || length > Passwords.LONGEST) {
            input.fault("password", "password-length", Passwords.SHORTEST, Passwords.LONGEST);
        } else if (PasswordRules.isGuessable(password, names)) {
            input.fault("password", "password-guessable");
        } else if (!password.equals(again)) {
            input.fault("again", "passwords-differ");
        }
    }
}
