package org.gonghui.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The city's page of figures, as many bytes that were made beforehand, and people who join at a counter in between. */
final class FigureAsks implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern JOINED = Pattern.compile("of=member\\.joined&(?:amp;)?period=\\d{4}[^>]*>([\\d,]+)");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";

    private final Visitor reader;
    private final Visitor counter;
    private final String base;
    private final String city;
    private final String cookie;
    private final int pageBytes;
    private final Random random = new Random(2023);

    private FigureAsks(int port, String cookie) throws IOException, InterruptedException {
        this.cookie = cookie;
        reader = Visitor.signedIn(port, cookie);
        city = "/desk/overview/" + first(reader);
        pageBytes = reader.get(city).getBytes(StandardCharsets.UTF_8).length;
        counter = Visitor.signedIn(port, Visitor.signIn(port, "base@demo"));
        base = first(counter);
    }

    /** @param cookie of somebody who sees the whole city */
    static FigureAsks of(int port, String cookie) throws IOException, InterruptedException {
        return new FigureAsks(port, cookie);
    }

    /** The city's page. */
    Ask page() {
        return new Ask(city, cookie, page -> JOINED.matcher(page).find());
    }

    /** As many bytes through the same chain, made before anybody asked. */
    Ask hello() {
        return new Ask("/site/hello-in/" + pageBytes, cookie, text -> text.length() == pageBytes);
    }

    int pageBytes() {
        return pageBytes;
    }

    /**
     * Somebody joins, then the page is asked for, then as many bytes: so often, one after the other.
     *
     * @return the page's and the bytes' times, in nanoseconds
     * @throws IOException if a page does not count who has just joined
     */
    List<long[]> afterJoinings(int count) throws IOException, InterruptedException {
        var times = new ArrayList<long[]>();
        long joined = joined(reader.get(city));
        for (int i = 0; i < count; i++) {
            join();
            long begun = System.nanoTime();
            String page = reader.get(city);
            long between = System.nanoTime();
            reader.get("/site/hello-in/" + pageBytes);
            times.add(new long[] {between - begun, System.nanoTime() - between});
            joined++;
            if (joined(page) != joined) {
                throw new IOException("the page says " + joined(page) + " where " + joined + " have joined");
            }
        }
        return times;
    }

    private void join() throws IOException, InterruptedException {
        counter.post(
                "/desk/joining/" + base + "/people",
                Map.of("name", "测试员", "identity", identityNumber(), "phone", "", "employment", "regular"));
    }

    /** Of somebody born in the seventies, in a place that does not exist. */
    private String identityNumber() {
        String digits = "990101197%d%02d%02d%03d"
                .formatted(random.nextInt(10), 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(1000));
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        }
        return digits + CHECK_DIGITS.charAt(sum % 11);
    }

    private static long joined(String page) throws IOException {
        Matcher figure = JOINED.matcher(page);
        if (!figure.find()) {
            throw new IOException("the page has no figure of those who joined");
        }
        return Long.parseLong(figure.group(1).replace(",", ""));
    }

    private static String first(Visitor visitor) throws IOException, InterruptedException {
        Matcher top = ID.matcher(visitor.get("/api/v1/unions"));
        if (!top.find()) {
            throw new IOException("there is no union to ask about");
        }
        return top.group(1);
    }

    @Override
    public void close() {
        reader.close();
        counter.close();
    }
}
