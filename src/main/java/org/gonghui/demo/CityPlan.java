package org.gonghui.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionKind;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;

/**
 * The unions of a generated city: the districts, streets and towns by their real names, everything below them invented.
 * The same size gives the same city, ids included.
 */
final class CityPlan {

    /** A base union with the street or federation it stands under, as the rosters need it. */
    record Base(UnionId id, UnionPath path, boolean forNewForm, LocalDate foundedOn) {}

    /** A union that has unions below it, by what is given to them. */
    private static final class Node {
        private final Unions.Established union;
        private int children;

        Node(Unions.Established union) {
            this.union = union;
        }
    }

    /** The district whose year is told to the last member. */
    static final String SHOWN_DISTRICT = "海淀区";

    /** The street whose officer signs in. */
    static final String SHOWN_STREET = "中关村街道";

    private static final long SEED = 20230501;
    private static final int FEWEST_FOR_ALL_STREETS = 1_000;
    private static final List<String> INDUSTRIES =
            List.of("教育", "卫生健康", "建筑", "交通运输", "金融", "文化旅游", "邮政快递", "公用事业", "机械电子");
    private static final List<String> GROUPS = List.of("远禾能源", "启岳控股", "澄原建设", "泓信地铁装备", "屹石钢构", "沐光医药");

    private final Random random = new Random(SEED);
    private final List<Node> nodes = new ArrayList<>();
    private final List<Base> bases = new ArrayList<>();
    private final Map<String, Node> districts = new LinkedHashMap<>();
    private @Nullable Node shownStreet;
    private @Nullable Base shownBase;
    private int enterprises;

    private CityPlan(int unions) {
        Node city = add(null, UnionKind.CITY_FEDERATION, false, "北京市总工会", "市总", LocalDate.of(1950, 2, 1));
        Map<String, List<String>> territories = territories();
        territories.keySet().forEach(name -> districts.put(name, district(city, name)));
        List<Node> industries = new ArrayList<>();
        for (String industry : INDUSTRIES) {
            industries.add(add(city, UnionKind.INDUSTRY_UNION, false, industry + "产业工会", industry, day(1951, 1960)));
        }
        for (String group : GROUPS) {
            industries.add(add(city, UnionKind.GROUP_UNION, false, group + "集团工会", group, day(1985, 2005)));
        }
        List<Node> streets = streets(territories, unions);
        for (Node street : streets) {
            String place = street.union.shortName();
            bases.add(base(
                    add(
                            street,
                            UnionKind.JOINT_BASE_UNION,
                            true,
                            place + "新就业形态劳动者联合工会",
                            place + "新业态",
                            day(2018, 2022)),
                    true));
        }
        int left = unions - nodes.size();
        double[] weights = new double[streets.size() + industries.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i < streets.size() ? 0.5 + random.nextDouble() : 1.5 + random.nextDouble();
        }
        int[] shares = Apportion.of(Math.max(left, 0), weights);
        for (int i = 0; i < weights.length; i++) {
            Node above = i < streets.size() ? streets.get(i) : industries.get(i - streets.size());
            for (int n = 0; n < shares[i]; n++) {
                Base base = base(enterprise(above), false);
                bases.add(base);
                if (shownBase == null && above == shownStreet) {
                    shownBase = base;
                }
            }
        }
    }

    /** The plan of a city with this many unions, at least about a hundred. */
    static CityPlan of(int unions) {
        return new CityPlan(unions);
    }

    /** Every union, superiors before those below them. */
    List<Unions.Established> unions() {
        return nodes.stream()
                .map(node -> new Unions.Established(
                        node.union.id(),
                        node.union.parent(),
                        node.union.path(),
                        node.union.kind(),
                        node.union.forNewForm(),
                        node.union.name(),
                        node.union.shortName(),
                        node.union.chair(),
                        node.union.chairSince(),
                        node.union.foundedOn(),
                        node.children))
                .toList();
    }

    List<Base> bases() {
        return bases;
    }

    Unions.Established city() {
        return nodes.getFirst().union;
    }

    Unions.Established shownDistrict() {
        return Objects.requireNonNull(districts.get(SHOWN_DISTRICT)).union;
    }

    Unions.Established shownStreet() {
        return Objects.requireNonNull(shownStreet).union;
    }

    Base shownBase() {
        return Objects.requireNonNull(shownBase);
    }

    /** The joint base union of the shown street, to which its new-form workers belong. */
    Base shownJointBase() {
        return bases.stream()
                .filter(base -> base.forNewForm() && shownStreet().path().covers(base.path()))
                .findFirst()
                .orElseThrow();
    }

    private Node district(Node city, String name) {
        return add(city, UnionKind.DISTRICT_FEDERATION, false, name + "总工会", name, day(1950, 1995));
    }

    private List<Node> streets(Map<String, List<String>> territories, int unions) {
        int all = territories.values().stream().mapToInt(List::size).sum();
        int wanted = unions >= FEWEST_FOR_ALL_STREETS ? all : Math.max(districts.size(), unions / 4);
        List<Node> streets = new ArrayList<>();
        territories.forEach((district, names) -> {
            int number = Math.max(1, names.size() * wanted / all);
            List<String> taken = new ArrayList<>(names.subList(0, number));
            if (district.equals(SHOWN_DISTRICT) && !taken.contains(SHOWN_STREET)) {
                taken.set(0, SHOWN_STREET);
            }
            for (String name : taken) {
                UnionKind kind = name.endsWith("街道") ? UnionKind.STREET_FEDERATION : UnionKind.TOWN_FEDERATION;
                Node street = add(
                        Objects.requireNonNull(districts.get(district)),
                        kind,
                        false,
                        name + "总工会",
                        name,
                        day(1985, 2012));
                streets.add(street);
                if (district.equals(SHOWN_DISTRICT) && name.equals(SHOWN_STREET)) {
                    shownStreet = street;
                }
            }
        });
        return streets;
    }

    private Node enterprise(Node above) {
        int number = enterprises++;
        String name = InventedNames.enterprise(number);
        String again = number < 18_000 ? "" : "第" + (number / 18_000 + 1) + "分";
        return add(
                above,
                UnionKind.BASE_UNION,
                false,
                "北京" + name + again + InventedNames.form(number) + "工会",
                name,
                day(1992, 2022));
    }

    private Node add(
            @Nullable Node above,
            UnionKind kind,
            boolean forNewForm,
            String name,
            String shortName,
            LocalDate foundedOn) {
        LocalDate from =
                above == null || foundedOn.isAfter(above.union.foundedOn()) ? foundedOn : above.union.foundedOn();
        long millis = from.atStartOfDay(ZoneOffset.ofHours(8)).toInstant().toEpochMilli();
        UnionPath path = above == null ? UnionPath.root() : above.union.path().child(++above.children);
        var node = new Node(new Unions.Established(
                new UnionId(Ids.of(millis & 0xffff_ffff_ffffL, random.nextLong(), random.nextLong())),
                above == null ? null : above.union.id(),
                path,
                kind,
                forNewForm,
                name,
                shortName,
                InventedNames.person(random),
                inOfficeSince(from),
                from,
                0));
        nodes.add(node);
        return node;
    }

    /** Chairs are elected for five years: none has been in office since the union was founded long ago. */
    private LocalDate inOfficeSince(LocalDate foundedOn) {
        LocalDate elected = day(2019, 2022);
        return elected.isAfter(foundedOn) ? elected : foundedOn;
    }

    private static Base base(Node node, boolean forNewForm) {
        return new Base(node.union.id(), node.union.path(), forNewForm, node.union.foundedOn());
    }

    private LocalDate day(int firstYear, int lastYear) {
        return LocalDate.of(
                firstYear + random.nextInt(lastYear - firstYear + 1), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    /** The streets and towns of each district, in their official order. */
    private static Map<String, List<String>> territories() {
        Map<String, List<String>> territories = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(
                        CityPlan.class.getClassLoader().getResourceAsStream("demo/territories.tsv"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                int tab = line.indexOf('\t');
                territories
                        .computeIfAbsent(line.substring(0, tab), name -> new ArrayList<>())
                        .add(line.substring(tab + 1));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return territories;
    }
}
