package org.gonghui.founding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gonghui.employer.Employer;

/** What a founding still lacks before it can be applied for, as far as it can be seen beforehand. */
final class Missing {

    private Missing() {}

    /** Words of {@code founding.missing.<word>}; none when the form of the application can be filled in. */
    static List<String> of(Foundings.File file) {
        List<String> missing = new ArrayList<>();
        if (file.employers().stream().anyMatch(employer -> employer.workers() == 0)) {
            missing.add("count");
        }
        if (file.employers().stream().map(Employer::code).anyMatch(Optional::isEmpty)) {
            missing.add("code");
        }
        List<Founding.PaperKind> there =
                file.papers().stream().map(Founding.Paper::kind).toList();
        Founding.PaperKind.NEEDED.stream()
                .filter(kind -> !there.contains(kind))
                .forEach(kind -> missing.add("paper." + kind.name()));
        return missing;
    }
}
