package org.gonghui.layout;

import java.util.Locale;

/** The two languages in which every page is complete. */
public enum Language {
    CHINESE("zh", Locale.SIMPLIFIED_CHINESE),
    ENGLISH("en", Locale.ENGLISH);

    /** The cookie that keeps a person's choice. */
    public static final String COOKIE = "language";

    private final String code;
    private final Locale locale;

    Language(String code, Locale locale) {
        this.code = code;
        this.locale = locale;
    }

    /** The language of this code; Chinese when it is none of ours. */
    public static Language of(String code) {
        return ENGLISH.code.equals(code) ? ENGLISH : CHINESE;
    }

    /** {@code zh} or {@code en}. */
    public String code() {
        return code;
    }

    /** For {@code <html lang>}. */
    public String tag() {
        return locale.toLanguageTag();
    }

    public Locale locale() {
        return locale;
    }

    /** The one that the switch leads to. */
    public Language other() {
        return this == CHINESE ? ENGLISH : CHINESE;
    }
}
