package org.gonghui.kernel;

import java.util.Locale;

/** Why the platform says no. Each module names its own in one enum; the sentence is {@code refusal.<key>}. */
public interface Refusal {

    /** The constant's name. */
    String name();

    /** The module that refuses, as in message keys: {@code org}. */
    String module();

    /** The status of the answer over HTTP; 409 unless the refusal says otherwise. */
    default int status() {
        return 409;
    }

    /** The message key, {@code refusal.org.name-taken}. */
    default String key() {
        return "refusal." + module() + "." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
