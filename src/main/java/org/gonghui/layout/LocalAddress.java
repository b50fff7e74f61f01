package org.gonghui.layout;

import java.util.regex.Pattern;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** Addresses within the platform: the only ones to which a request may ask to be led. */
public final class LocalAddress {

    private static final int LONGEST = 2_000;

    /** Segments of plain characters, no empty and no dotted ones, then perhaps a query. */
    private static final Pattern FORM =
            Pattern.compile("/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*/?)?(?:\\?[A-Za-z0-9_.~%=&+-]*)?");

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private LocalAddress() {}

    /** The address asked for if it is one of our own, else the other. */
    public static String orElse(String asked, String otherwise) {
        return is(asked) ? asked : otherwise;
    }

    /** True for an address of our own. */
    public static boolean is(String asked) {
        return asked.length() <= LONGEST
                && FORM.matcher(asked).matches()
                && !BROKEN_ESCAPE.matcher(asked).find();
    }

    /** Leads to this address, taken as it stands. */
    public static View redirect(String address) {
        var view = new RedirectView(address);
        view.setExpandUriTemplateVariables(false);
        return view;
    }
}
