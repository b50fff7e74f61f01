package org.gonghui.canvass;

import java.util.Optional;
import org.gonghui.employer.CreditCode;
import org.gonghui.employer.Employer;
import org.gonghui.employer.Headcount;
import org.gonghui.employer.ManyEmployers;

/** What a row would change of an employer on record: each before and after. */
final class CanvassChanges {

    private CanvassChanges() {}

    /** Says of a row whose employer is on record what would change. */
    static void tell(CanvassLine line, ManyEmployers.Known known, ManyEmployers.Entry entry) {
        Employer before = known.employer();
        Employer after = entry.employer();
        differs(line, CanvassFile.NAME, before.name(), after.name());
        differs(line, CanvassFile.CODE, text(before), text(after));
        differs(line, "address", before.address(), after.address());
        if (before.trade() != after.trade()) {
            line.change(
                    CanvassFile.TRADE,
                    "canvass.changes",
                    new CanvassLine.Word("employer.trade." + before.trade()),
                    new CanvassLine.Word("employer.trade." + after.trade()));
        }
        if (before.ownership() != after.ownership()) {
            line.change(
                    CanvassFile.OWNERSHIP,
                    "canvass.changes",
                    new CanvassLine.Word("employer.ownership." + before.ownership()),
                    new CanvassLine.Word("employer.ownership." + after.ownership()));
        }
        entry.headcount().ifPresent(count -> tellCount(line, before, count));
        entry.contact()
                .ifPresent(contact -> line.change(
                        CanvassFile.CONTACT,
                        contact.inPlaceOf().isPresent() ? "canvass.phone-changes" : "canvass.contact-new",
                        contact.name()));
    }

    private static String text(Employer employer) {
        return employer.code().map(CreditCode::text).orElse("");
    }

    private static void differs(CanvassLine line, String column, String before, String after) {
        if (!before.equals(after)) {
            if (before.isEmpty()) {
                line.change(column, "canvass.fills-in", after);
            } else {
                line.change(column, "canvass.changes", before, after);
            }
        }
    }

    private static void tellCount(CanvassLine line, Employer before, Headcount count) {
        String workers = Integer.toString(count.workers());
        String on = count.countedOn().toString();
        Optional<Headcount> sameDay = line.sameDay(count.countedOn());
        if (sameDay.isPresent()) {
            line.change(
                    CanvassFile.WORKERS,
                    "canvass.count-again",
                    on,
                    Integer.toString(sameDay.get().workers()),
                    workers);
        } else if (before.staff().isEmpty()) {
            line.change(CanvassFile.WORKERS, "canvass.count-first", workers, on);
        } else if (before.staff().get().countedOn().isBefore(count.countedOn())) {
            line.change(
                    CanvassFile.WORKERS,
                    "canvass.count-newer",
                    Integer.toString(before.workers()),
                    before.staff().get().countedOn().toString(),
                    workers,
                    on);
        } else {
            line.change(CanvassFile.WORKERS, "canvass.count-older", workers, on);
        }
    }
}
