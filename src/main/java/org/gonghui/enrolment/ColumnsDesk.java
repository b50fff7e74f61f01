package org.gonghui.enrolment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Frame;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Saying at the desk which column of a list is which. */
@Controller
@RequestMapping("/desk/enrolments/lists/{list}/columns")
class ColumnsDesk {

    /** The file's columns and ours. */
    record ColumnsPage(UnionSummary union, ListColumns.Looked looked) {

        static List<String> ours() {
            return ListFile.COLUMNS;
        }

        static boolean isNeeded(String column) {
            return ListFile.NEEDED.contains(column);
        }

        /** The file's columns by their places, as one chooses from them. */
        Map<String, String> theirs(Frame frame) {
            Map<String, String> theirs = new LinkedHashMap<>();
            looked.columns()
                    .forEach(column -> theirs.put(
                            Integer.toString(column.place()),
                            frame.t(
                                    "enrolment.columns.one",
                                    column.letters(),
                                    column.heading().isEmpty()
                                            ? frame.t("enrolment.columns.no-heading")
                                            : column.heading())));
            return theirs;
        }

        /** The rows that may have the headings, by their numbers. */
        Map<String, String> rows(Frame frame) {
            Map<String, String> rows = new LinkedHashMap<>();
            looked.rows()
                    .forEach((number, cells) -> rows.put(
                            Integer.toString(number),
                            frame.t("enrolment.columns.row.one", number, String.join(" · ", cells))));
            return rows;
        }

        /** The place of the file's column that ours is now; empty for none. */
        String place(String column) {
            Integer place = looked.places().get(column);
            return place == null ? "" : Integer.toString(place);
        }
    }

    private final ListColumns columns;
    private final Unions unions;
    private final Pages pages;

    ColumnsDesk(ListColumns columns, Unions unions, Pages pages) {
        this.columns = columns;
        this.unions = unions;
        this.pages = pages;
    }

    @GetMapping
    @May(Right.MEMBER_APPROVE)
    View look(Actor actor, @PathVariable UUID list, @RequestParam(required = false) @Nullable Integer row) {
        ListColumns.Looked looked = columns.look(actor, list, row);
        UnionSummary union = unions.get(actor, looked.list().union(), Right.MEMBER_APPROVE);
        return pages.desk(
                actor,
                unions.scope(actor, union.id(), Right.MEMBER_APPROVE),
                "enrolment/columns.jte",
                new ColumnsPage(union, looked));
    }

    @PostMapping
    @May(Right.MEMBER_APPROVE)
    View choose(Actor actor, @PathVariable UUID list, @RequestParam int row, @RequestParam Map<String, String> typed) {
        columns.choose(actor, list, row, typed);
        return LocalAddress.redirect("/desk/enrolments/lists/" + list);
    }
}
