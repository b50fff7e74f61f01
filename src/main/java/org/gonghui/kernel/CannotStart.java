package org.gonghui.kernel;

import org.jspecify.annotations.Nullable;

/** The platform does not start as it has been set up. The message says to whoever runs it what is wrong and what helps. */
public class CannotStart extends IllegalStateException {

    private static final long serialVersionUID = 1;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
