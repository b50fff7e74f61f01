package org.gonghui.site;

import java.util.Set;
import java.util.regex.Pattern;
import org.gonghui.kernel.CannotStart;
import org.springframework.core.env.Environment;

/** What the environment says is looked at before anything is made of it: a wrong word is named, and nothing has changed. */
final class Settings {

    /** In small letters, as cookies and HSTS look for them; nothing after the host, because addresses are put there. */
    private static final Pattern ADDRESS =
            Pattern.compile("https?://(\\[[0-9a-fA-F:.]+]|[^/?#@:\\s\\[\\]]+)(:[0-9]{1,5})?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final int LAST_PORT = 65_535;
    private static final int LONGEST_NOTICE = 3_600;
    private static final int MOST_CONNECTIONS = 1_000;

    private final Environment environment;

    Settings(Environment environment) {
        this.environment = environment;
    }

    /** @throws CannotStart for the first that cannot be */
    void check() {
        String address = environment.getProperty("gonghui.public-url", "");
        if (!ADDRESS.matcher(address).matches()) {
            throw new CannotStart(
                    "GONGHUI_PUBLIC_URL is an address like https://union.example, with nothing after the host, not '"
                            + address + "'");
        }
        number("GONGHUI_METRICS_PORT", "gonghui.metrics-port", 0, LAST_PORT);
        number("GONGHUI_SMTP_PORT", "GONGHUI_SMTP_PORT", 1, LAST_PORT);
        number("GONGHUI_STOP_NOTICE", "gonghui.stop-notice", 0, LONGEST_NOTICE);
        number("GONGHUI_DB_POOL", "gonghui.db.pool", 1, MOST_CONNECTIONS);
        String tls = environment.getProperty("gonghui.db.tls", "");
        if (!Set.of("", "required", "none").contains(tls)) {
            throw new CannotStart("GONGHUI_DB_TLS is required or none, not '" + tls + "'");
        }
        String forwarded = environment.getProperty("GONGHUI_FORWARDED", "");
        if (!Set.of("", "none", "native").contains(forwarded)) {
            throw new CannotStart("GONGHUI_FORWARDED is native or none, not '" + forwarded + "'");
        }
    }

    private void number(String name, String property, int least, int most) {
        String given = environment.getProperty(property, "");
        boolean fits =
                NUMBER.matcher(given).matches() && Integer.parseInt(given) >= least && Integer.parseInt(given) <= most;
        if (!fits && !given.isEmpty()) {
            throw new CannotStart("%s is a number from %d to %d, not '%s'".formatted(name, least, most, given));
        }
    }
}
