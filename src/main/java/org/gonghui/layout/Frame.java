package org.gonghui.layout;

import gg.jte.Content;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs around its own model: language, words, who is signed in, the navigation, the form token, and,
 * after a form was refused, what was typed and what was wrong with it.
 */
public final class Frame {

    /** One entry of the navigation as it is shown. */
    public record NavItem(String label, String icon, String address, boolean current) {}

    /** The navigation's entries under one heading. */
    public record NavGroup(String heading, List<NavItem> items) {}

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final Texts texts;
    private final Assets assets;
    private final Language language;
    private final boolean largeType;
    private final boolean demonstration;
    private final Actor actor;
    private final @Nullable Scope scope;
    private final LocalDate today;
    private final String address;
    private final String formToken;
    private final List<NavGroup> navigation;
    private final int unread;
    private final Attempt attempt;
    private final KeptParts kept;

    Frame(
            Texts texts,
            Assets assets,
            Language language,
            boolean largeType,
            boolean demonstration,
            Actor actor,
            @Nullable Scope scope,
            LocalDate today,
            String address,
            String formToken,
            List<NavGroup> navigation,
            int unread,
            Attempt attempt,
            KeptParts kept) {
        this.texts = texts;
        this.assets = assets;
        this.language = language;
        this.largeType = largeType;
        this.demonstration = demonstration;
        this.actor = actor;
        this.scope = scope;
        this.today = today;
        this.address = address;
        this.formToken = formToken;
        this.navigation = navigation;
        this.unread = unread;
        this.attempt = attempt;
        this.kept = kept;
    }

    /**
     * A part of a page that is written once for all who would read the same, and shown again as long as it would be the
     * same.
     *
     * @param of all that the part shows beside words; by its value the part is known again
     * @param part written with a frame of its own, which knows the reader's language and rights, and nothing of the
     *     request
     */
    public Content kept(Object of, Function<Frame, Content> part) {
        return kept.part(
                new KeptParts.Key(language, today, actor.rights(), of),
                () -> part.apply(new Frame(
                        texts,
                        assets,
                        language,
                        false,
                        demonstration,
                        actor.unnamed(),
                        null,
                        today,
                        "",
                        "",
                        List.of(),
                        0,
                        Attempt.NONE,
                        kept)));
    }

    /** The sentence of this key in the reader's language. */
    public String t(String key, Object... facts) {
        return texts.say(language, key, facts);
    }

    /** An entry of the audit trail as a sentence in the reader's language. */
    public String told(Audit.Entry entry) {
        return texts.told(language, entry);
    }

    /** True when there is a sentence of this key: for optional help texts. */
    public boolean has(String key) {
        return texts.has(language, key);
    }

    /** A count with its thousands grouped, alike in both languages: 173,400. By hand, because pages have hundreds. */
    public String n(long count) {
        return grouped(count);
    }

    /** An amount in yuan, with two decimals: 3,000.50. */
    public String yuan(Money amount) {
        String plain = amount.yuan();
        int point = plain.indexOf('.');
        return grouped(Long.parseLong(plain.substring(0, point))) + plain.substring(point);
    }

    static String grouped(long count) {
        var digits = new StringBuilder(Long.toString(count));
        int first = count < 0 ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    /** A day as staff write it: 2023-12-31. */
    public String day(LocalDate day) {
        return day.toString();
    }

    /** A month or a year in words: {@code 2023-03} is March 2023. */
    public String period(String text) {
        if (text.length() == 4) {
            return t("layout.period.year", text);
        }
        YearMonth month = YearMonth.parse(text);
        return t(
                "layout.period.month",
                Integer.toString(month.getYear()),
                month.getMonth().getDisplayName(TextStyle.FULL, language.locale()),
                Integer.toString(month.getMonthValue()));
    }

    /** A moment by the city's clock, to the minute: 2023-12-31 09:05. */
    public String moment(Instant at) {
        return MINUTE.format(at.atZone(CityClock.ZONE));
    }

    /** A static file's address, with its version, so that it may be cached for good. */
    public String asset(String file) {
        return assets.address(file);
    }

    public Language language() {
        return language;
    }

    public boolean largeType() {
        return largeType;
    }

    /** True in demonstration mode: every page then says so. */
    public boolean demonstration() {
        return demonstration;
    }

    public Actor actor() {
        return actor;
    }

    /** The part of the tree that a desk page looks at; none on the portal. */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    /** Today, by the city's clock. */
    public LocalDate today() {
        return today;
    }

    /** This page's own address with its query, to come back to. */
    public String address() {
        return address;
    }

    /** The token every form carries against forgery. */
    public String formToken() {
        return formToken;
    }

    public List<NavGroup> navigation() {
        return navigation;
    }

    /** The number beside the bell: how many notices its reader has not had before their eyes. */
    public int unread() {
        return unread;
    }

    /** Every sentence, for what says itself in its reader's language. */
    public Texts texts() {
        return texts;
    }

    /** What was typed into a field of the form that was just refused, else {@code otherwise}. */
    public String typed(String field, String otherwise) {
        return attempt.typed(field).orElse(otherwise);
    }

    /** What is wrong with a field, as a sentence; empty when nothing is. */
    public Optional<String> fault(String field) {
        return attempt.faults().stream()
                .filter(fault -> fault.field().equals(field))
                .findFirst()
                .map(this::sentence);
    }

    /** Everything that is wrong with the form, in order. */
    public List<BadInput.Fault> faults() {
        return attempt.faults();
    }

    /** A fault as a sentence. */
    public String sentence(BadInput.Fault fault) {
        return t("input." + fault.key(), fault.facts().toArray());
    }

    /** Why the form was refused, as a sentence; empty when it was not. */
    public Optional<String> refusal() {
        return attempt.refusal()
                .map(refused -> t(refused.refusal().key(), refused.facts().toArray()));
    }
}
