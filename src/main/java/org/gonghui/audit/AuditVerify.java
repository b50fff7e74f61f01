package org.gonghui.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gonghui.database.Command;
import org.gonghui.database.CommandDatabase;
import org.gonghui.kernel.CannotStart;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The command {@code bin/audit-verify}: ends with 0 when the whole trail is as it was written, with 1 when it is not. */
@Import({CommandDatabase.class, ChainStore.class, ChainCheck.class})
public final class AuditVerify {

    private static final Logger LOG = LoggerFactory.getLogger(AuditVerify.class);

    /** As {@link ChainCheck#named} writes it. */
    private static final Pattern HEAD = Pattern.compile("[0-9]{1,18}:[0-9a-f]{64}");

    AuditVerify() {}

    public static void main(String[] arguments) throws InterruptedException {
        Command.run(AuditVerify.class, arguments, context -> {
            String head = noted(context.getEnvironment().getProperty("gonghui.audit.head"));
            ChainCheck.Report report = context.getBean(ChainCheck.class).check(head);
            sentences(report).forEach(sentence -> {
                if (report.isWell()) {
                    LOG.info(sentence);
                } else {
                    LOG.error(sentence);
                }
            });
            return report.isWell() ? 0 : 1;
        });
    }

    /** A head that somebody gave; what is none says nothing about the chain. */
    static @Nullable String noted(@Nullable String given) {
        if (given != null && !HEAD.matcher(given).matches()) {
            throw new CannotStart("--head is N:HEX, a number and 64 digits as they were noted, not " + given);
        }
        return given;
    }

    static List<String> sentences(ChainCheck.Report report) {
        var sentences = new ArrayList<>(
                report.findings().stream().map(AuditVerify::sentence).toList());
        sentences.add("%d entries are sealed, %d findings"
                .formatted(report.head().number(), report.findings().size()));
        sentences.add(
                report.tail().entries() == 0
                        ? "No entry waits to be sealed"
                        : "%d entries are not sealed yet, the oldest of %s"
                                .formatted(
                                        report.tail().entries(), report.tail().oldest()));
        // A chain that lacks the head that was noted has none worth noting.
        if (report.findings().stream().noneMatch(finding -> finding.fault() == ChainCheck.Fault.HEAD_MISSING)) {
            sentences.add("The head, to be noted and given as --head next time: " + ChainCheck.named(report.head()));
        }
        return sentences;
    }

    private static String sentence(ChainCheck.Finding finding) {
        return switch (finding.fault()) {
            case CHANGED -> "CHANGED: entry %s, number %d".formatted(finding.entry(), finding.number());
            case REMOVED ->
                finding.number() == 0
                        ? "REMOVED before it was sealed: entry %s".formatted(finding.entry())
                        : "REMOVED: entry %s, number %d".formatted(finding.entry(), finding.number());
            case INSERTED -> "INSERTED by hand: entry %s".formatted(finding.entry());
            case LINKS_MISSING -> "LINKS MISSING from number %d on".formatted(finding.number());
            case HEAD_MISSING -> "HEAD MISSING: the chain does not contain the head that was noted";
        };
    }

    @Bean
    Sealer sealer(@Value("${gonghui.key-file}") Path keyFile) {
        return Sealer.of(keyFile);
    }
}
