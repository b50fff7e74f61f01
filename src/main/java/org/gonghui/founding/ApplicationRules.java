package org.gonghui.founding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gonghui.employer.Employer;
import org.gonghui.employer.SizeClass;
import org.gonghui.kernel.Refused;

/** What an application requires: told on the page beforehand, refused when it is sent and when it is decided. */
final class ApplicationRules {

    /**
     * Something that stands in the way.
     *
     * @param word of {@code founding.missing}, where whoever works towards it can mend it; empty where nobody can
     * @param facts that fill the refusal's sentence
     */
    record Obstacle(FoundingRefusal refusal, Optional<String> word, List<Object> facts) {

        private static Obstacle of(FoundingRefusal refusal, String word, Object... facts) {
            return new Obstacle(refusal, Optional.of(word).filter(said -> !said.isEmpty()), List.of(facts));
        }
    }

    private ApplicationRules() {}

    /** Each is counted, its code is on record, and its workers have no union; those of a joint union are small. */
    static List<Obstacle> ofEmployers(boolean joint, List<Employer> employers) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (Employer each : employers) {
            if (each.union().isPresent()) {
                obstacles.add(Obstacle.of(FoundingRefusal.HAS_UNION, "", each.name()));
            }
            if (each.workers() == 0) {
                obstacles.add(Obstacle.of(FoundingRefusal.NOT_COUNTED, "count", each.name()));
            }
            if (each.code().isEmpty()) {
                obstacles.add(Obstacle.of(FoundingRefusal.NO_CREDIT_CODE, "code", each.name()));
            }
        }
        if (joint) {
            obstacles.addAll(ofSize(employers));
        }
        return obstacles;
    }

    /** A joint union is for small employers, each counted. */
    static List<Obstacle> ofSize(List<Employer> employers) {
        return employers.stream()
                .filter(each -> each.staff().isEmpty() || SizeClass.of(each.workers()) != SizeClass.TINY)
                .map(each -> Obstacle.of(FoundingRefusal.NOT_SMALL, "", each.name(), SizeClass.SMALL.from()))
                .toList();
    }

    /** The letter of application and the report of the election are there. */
    static List<Obstacle> ofPapers(List<Founding.Paper> papers) {
        List<Founding.PaperKind> there =
                papers.stream().map(Founding.Paper::kind).toList();
        return Founding.PaperKind.NEEDED.stream()
                .filter(kind -> !there.contains(kind))
                .map(kind -> Obstacle.of(FoundingRefusal.PAPERS_MISSING, "paper." + kind.name()))
                .toList();
    }

    /** Refuses for the first of them. */
    static void check(List<Obstacle> obstacles) {
        obstacles.stream().findFirst().ifPresent(first -> {
            throw new Refused(first.refusal(), first.facts().toArray());
        });
    }

    /** What a founding still lacks, words of {@code founding.missing}; none when the form can be filled in. */
    static List<String> words(Foundings.File file) {
        return Stream.concat(
                        ofEmployers(file.founding().joint(), file.employers()).stream(),
                        ofPapers(file.papers()).stream())
                .flatMap(obstacle -> obstacle.word().stream())
                .distinct()
                .toList();
    }
}
