package org.gonghui.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.gonghui.org.UnionKind;

/**
 * The districts as tiles that lie to each other as in the city, shaded in five steps of about as many districts each;
 * a district with nothing has no shade.
 */
record TileMap(List<Tile> tiles, List<Step> steps) {

    /**
     * One district.
     *
     * @param column place from the west, 1 to 4; 0 when the district is not known, it then follows the others
     * @param line place from the north, 1 to 5
     * @param step shade, 1 to 5; 0 for nothing
     */
    record Tile(Overview.Row row, String label, long value, int column, int line, int step) {}

    /** A shade and the values it stands for. */
    record Step(int number, long from, long to) {}

    private record Place(String label, int column, int line) {}

    private static final int STEPS = 5;

    /** By the word that a district's name contains. */
    private static final Map<String, Place> PLACES = Map.ofEntries(
            place("延庆", 1, 1),
            place("怀柔", 2, 1),
            place("密云", 3, 1),
            place("昌平", 1, 2),
            place("顺义", 2, 2),
            place("平谷", 3, 2),
            place("门头沟", 1, 3),
            place("海淀", 2, 3),
            place("朝阳", 3, 3),
            place("通州", 4, 3),
            place("石景山", 1, 4),
            place("西城", 2, 4),
            place("东城", 3, 4),
            Map.entry("经济技术开发", new Place("经开区", 4, 4)),
            place("房山", 1, 5),
            place("丰台", 2, 5),
            place("大兴", 3, 5));

    private static Entry<String, Place> place(String district, int column, int line) {
        return Map.entry(district, new Place(district + "区", column, line));
    }

    /** The districts among these rows, shaded by a figure. */
    static TileMap of(List<Overview.Row> rows, ToLongFunction<Overview.Figures> figure) {
        List<Overview.Row> districts = rows.stream()
                .filter(row -> row.union().kind() == UnionKind.DISTRICT_FEDERATION)
                .toList();
        long[] values = districts.stream()
                .mapToLong(row -> figure.applyAsLong(row.figures()))
                .filter(value -> value > 0)
                .sorted()
                .toArray();
        var lows = new TreeSet<Long>();
        for (int step = 0; step < STEPS && values.length > 0; step++) {
            lows.add(values[step * values.length / STEPS]);
        }
        List<Long> limits = List.copyOf(lows);
        List<Tile> tiles = districts.stream()
                .map(row -> tile(row, figure.applyAsLong(row.figures()), limits))
                .toList();
        return new TileMap(tiles, steps(values, limits));
    }

    private static Tile tile(Overview.Row row, long value, List<Long> limits) {
        String name = row.union().name();
        Place place = PLACES.entrySet().stream()
                .filter(known -> name.contains(known.getKey()))
                .map(Entry::getValue)
                .findFirst()
                .orElse(new Place(
                        row.union().shortName().isEmpty() ? name : row.union().shortName(), 0, 0));
        int step = (int) limits.stream().filter(low -> value >= low).count();
        return new Tile(row, place.label(), value, place.column(), place.line(), step);
    }

    private static List<Step> steps(long[] sorted, List<Long> limits) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < limits.size(); i++) {
            long low = limits.get(i);
            long high = i + 1 < limits.size() ? limits.get(i + 1) : Long.MAX_VALUE;
            long greatest =
                    Arrays.stream(sorted).filter(value -> value < high).max().orElse(low);
            steps.add(new Step(i + 1, low, greatest));
        }
        return List.copyOf(steps);
    }
}
