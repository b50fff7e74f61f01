package org.gonghui.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Twenty members of a district at a time, page after page by each order, whole and narrowed. */
final class ListAsks implements AutoCloseable {

    static final List<String> SORTS = List.of("NAME", "DAY", "NUMBER");

    private static final int ROWS = 20;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final List<String> NARROWED = List.of("", "&sex=F", "", "&name=zh", "", "&employment=regular");

    private final Visitor visitor;
    private final String cookie;
    private final String members;

    private ListAsks(Visitor visitor, String cookie, String members) {
        this.visitor = visitor;
        this.cookie = cookie;
        this.members = members;
    }

    /** The lists of the union at which the tree of whoever has this cookie begins. */
    static ListAsks of(int port, String cookie) throws IOException, InterruptedException {
        Visitor visitor = Visitor.signedIn(port, cookie);
        Matcher top = ID.matcher(visitor.get("/api/v1/unions"));
        if (!top.find()) {
            throw new IOException("there is no union to list");
        }
        return new ListAsks(visitor, cookie, "/api/v1/unions/" + top.group(1) + "/members?limit=" + ROWS);
    }

    /** Pages in one order, each found by the one before; a list that ends begins again. */
    List<Ask> walk(String sort, int count) throws IOException, InterruptedException {
        var asks = new ArrayList<Ask>(count);
        for (String narrowed : NARROWED) {
            String list = members + "&sort=" + sort + narrowed;
            String address = list;
            for (int i = 0; i < count / NARROWED.size(); i++) {
                String page = visitor.get(address);
                asks.add(new Ask(address, cookie, page::equals));
                Matcher next = NEXT.matcher(page);
                address = next.find() ? list + "&after=" + next.group(1) : list;
            }
        }
        return asks;
    }

    @Override
    public void close() {
        visitor.close();
    }
}
