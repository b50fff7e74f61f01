package org.gonghui.member;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds records that may be of one person, among everybody in the city: for those who came or were put right since the last
 * time, by indexes, never by going through all. Why so: decision 30.
 */
@Service
public class Likenesses {

    /**
     * Two records that are alike.
     *
     * @param one the one of the smaller id
     * @param nearNumber the same name, and identity numbers that differ as a slip makes them differ
     * @param seen what both records say, as a digest: another one when something has changed
     */
    public record Pair(
            MemberId one,
            MemberId other,
            boolean samePhone,
            boolean sameNameAndBirthDate,
            boolean nearNumber,
            byte[] seen) {}

    /**
     * What came of comparing some.
     *
     * @param members who was compared: who is alike to one of them stands in the pairs, and nobody else
     */
    public record Compared(Set<MemberId> members, List<Pair> pairs) {}

    /** Nobody on record was born before. */
    private static final int FIRST_YEAR = 1850;

    private final LikenessStore store;

    Likenesses(LikenessStore store) {
        this.store = store;
    }

    /** Compares the next ones with everybody; nobody is left when it compared nobody. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Compared next(int most) {
        List<MemberId> taken = store.next(most);
        return new Compared(Set.copyOf(taken), taken.isEmpty() ? List.of() : store.pairs(store.faces(taken)));
    }

    /** Has these compared once more, because something about them changed that is not theirs alone. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void again(List<MemberId> members) {
        store.queue(members);
    }

    /** The birth dates that one slip makes of a birth date, itself among them. */
    static Set<LocalDate> near(LocalDate date) {
        return IdentityNumber.slips(
                        "%04d%02d%02d".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                .stream()
                .flatMap(text -> IdentityNumber.date(text).stream())
                .filter(day -> day.getYear() >= FIRST_YEAR) // a slip makes the year 0000 of 2000, which no database has
                .collect(Collectors.toSet());
    }
}
