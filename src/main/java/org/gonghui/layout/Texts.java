package org.gonghui.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.gonghui.audit.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Every sentence of every page, from {@code messages/<module>.properties} (Chinese) and {@code …_en.properties}. */
@Component
public class Texts {

    private static final Logger LOG = LoggerFactory.getLogger(Texts.class);

    /** Never loaded anew: then it looks for a sentence in all files at once, the plainer kind in one after the other. */
    private final ReloadableResourceBundleMessageSource messages = new ReloadableResourceBundleMessageSource();

    public Texts() {
        try {
            String[] names = Arrays.stream(
                            new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties"))
                    .map(resource -> Objects.requireNonNull(resource.getFilename()))
                    .filter(name -> !name.endsWith("_en.properties"))
                    .map(name -> "classpath:messages/" + name.substring(0, name.length() - ".properties".length()))
                    .toArray(String[]::new);
            messages.setBasenames(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
    }

    /** The sentence of this key, its places {@code {0}} filled by the facts; numbers are grouped: 173,400. */
    public String say(Language language, String key, Object... facts) {
        String text = messages.getMessage(key, facts, null, language.locale());
        if (text == null) {
            LOG.error("No text for {}", key);
            return key;
        }
        return text;
    }

    /** An entry of the audit trail as a sentence. */
    public String told(Language language, Audit.Entry entry) {
        return Told.sentence(this, language, entry);
    }

    /** True when there is a sentence of this key. */
    public boolean has(Language language, String key) {
        return messages.getMessage(key, new Object[0], null, language.locale()) != null;
    }
}
