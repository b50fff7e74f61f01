package org.gonghui.layout;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.html.HtmlContent;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gonghui.kernel.Right;
import org.junit.jupiter.api.Test;

/** A part is written once for whoever would read the same, and for nobody else. */
class KeptPartsTests {

    private static final LocalDate TODAY = LocalDate.of(2023, 12, 28);

    private final KeptParts parts = new KeptParts();
    private final List<String> written = new ArrayList<>();

    @Test
    void theSameIsWrittenOnce() throws IOException {
        KeptParts.Key key =
                new KeptParts.Key(Language.CHINESE, TODAY, Set.of(Right.FIGURE_READ), List.of("17.34万", 1L));
        KeptParts.Key same =
                new KeptParts.Key(Language.CHINESE, TODAY, Set.of(Right.FIGURE_READ), List.of("17.34万", 1L));
        assertThat(read(key, "会员 𠮷")).isEqualTo("会员 𠮷");
        assertThat(read(same, "another")).isEqualTo("会员 𠮷");
        assertThat(written).containsExactly("会员 𠮷");
    }

    @Test
    void whateverDiffersIsWrittenAnew() throws IOException {
        List<KeptParts.Key> keys = List.of(
                new KeptParts.Key(Language.CHINESE, TODAY, Set.of(Right.FIGURE_READ), 1L),
                new KeptParts.Key(Language.ENGLISH, TODAY, Set.of(Right.FIGURE_READ), 1L),
                new KeptParts.Key(Language.CHINESE, TODAY.plusDays(1), Set.of(Right.FIGURE_READ), 1L),
                new KeptParts.Key(Language.CHINESE, TODAY, Set.of(Right.FIGURE_READ, Right.MEMBER_READ), 1L),
                new KeptParts.Key(Language.CHINESE, TODAY, Set.of(Right.FIGURE_READ), 2L));
        for (KeptParts.Key key : keys) {
            assertThat(read(key, "part " + keys.indexOf(key))).isEqualTo("part " + keys.indexOf(key));
        }
        assertThat(written).hasSize(keys.size());
    }

    private String read(KeptParts.Key key, String text) throws IOException {
        var bytes = new Utf8ByteOutput();
        HtmlContent content = output -> {
            written.add(text);
            output.writeContent(text);
        };
        parts.part(key, () -> content).writeTo(new OwaspHtmlTemplateOutput(bytes));
        var out = new ByteArrayOutputStream();
        bytes.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
