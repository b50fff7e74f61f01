package org.gonghui.member;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is to be compared, and who is like them. */
@Repository
class LikenessStore {

    private static final Logger LOG = LoggerFactory.getLogger(LikenessStore.class);

    /** A phone that more people than these have is a household's or an office's, and says nothing about any two of them. */
    private static final int MOST_OF_A_PHONE = 4;

    private static final String FACE =
            " %1$s.id, %1$s.name, %1$s.birth_date, %1$s.identity_sealed, %1$s.identity_blind, %1$s.phone_blind ";

    private final JdbcClient jdbc;
    private final Sealer sealer;

    LikenessStore(JdbcClient jdbc, Sealer sealer) {
        this.jdbc = jdbc;
        this.sealer = sealer;
    }

    /** What of a record is compared. */
    record Face(
            MemberId id,
            String name,
            LocalDate birthDate,
            byte[] identity,
            byte[] identityBlind,
            byte @Nullable [] phoneBlind) {}

    private record Two(Face one, Face other) {}

    private record SamePhone(UUID asked, Two two) {}

    private record Key(UUID one, UUID other) {}

    void queue(List<MemberId> members) {
        jdbc.sql("insert into member_comparing (member_id) select unnest(:ids)")
                .param("ids", ids(members))
                .update();
    }

    /** Takes the next ones off; several nodes take different ones. */
    List<MemberId> next(int most) {
        return jdbc.sql("""
                        delete from member_comparing
                         where ctid = any(array(select ctid from member_comparing limit :most for update skip locked))
                        returning member_id
                        """).param("most", most).query(UUID.class).list().stream()
                .map(MemberId::new)
                .toList();
    }

    /** Of these the ones that lead to no other record. */
    List<Face> faces(List<MemberId> members) {
        return jdbc.sql("select" + FACE.formatted("member")
                        + "from member where id = any(:ids) and merged_into is null order by id")
                .param("ids", ids(members))
                .query((row, number) -> face(row))
                .list();
    }

    List<Likenesses.Pair> pairs(List<Face> faces) {
        Map<UUID, Face> asked = new HashMap<>();
        faces.forEach(face -> asked.put(face.id().value(), face));
        Map<Key, Two> found = new TreeMap<>(Comparator.comparing(Key::one).thenComparing(Key::other));
        samePhone(asked).forEach(two -> found.put(key(two), two));
        nearBirthDate(faces, asked).forEach(two -> found.put(key(two), two));
        List<Likenesses.Pair> pairs = new ArrayList<>();
        found.forEach((key, two) -> {
            Likenesses.Pair pair = pair(two);
            if (pair.samePhone() || pair.sameNameAndBirthDate() || pair.nearNumber()) {
                pairs.add(pair);
            }
        });
        return pairs;
    }

    private List<Two> samePhone(Map<UUID, Face> asked) {
        return jdbc
                .sql("select asked.id as asked," + FACE.formatted("other") + """
                        from member asked
                        join lateral (select %s from member
                                       where member.phone_blind = asked.phone_blind and member.merged_into is null
                                       limit :few) other on other.id <> asked.id
                       where asked.id = any(:ids) and asked.phone_blind is not null
                      """.formatted(FACE.formatted("member")))
                .param("ids", asked.keySet().toArray(UUID[]::new))
                .param("few", MOST_OF_A_PHONE + 1)
                .query((row, number) -> new SamePhone(row.getObject("asked", UUID.class), two(asked, row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(SamePhone::asked))
                .values()
                .stream()
                .filter(others -> others.size() < MOST_OF_A_PHONE)
                .flatMap(List::stream)
                .map(SamePhone::two)
                .toList();
    }

    /** The same name, and a birth date that a slip makes of the other: all that identity numbers need to be compared for. */
    private List<Two> nearBirthDate(List<Face> faces, Map<UUID, Face> asked) {
        List<UUID> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> dates = new ArrayList<>();
        for (Face face : faces) {
            for (LocalDate date : Likenesses.near(face.birthDate())) {
                ids.add(face.id().value());
                names.add(face.name());
                dates.add(date.toString());
            }
        }
        return jdbc.sql("select near.asked," + FACE.formatted("other") + """
                        from unnest(:ids, :names, :dates) as near (asked, name, birth_date)
                        join member other on other.name = near.name and other.birth_date = cast(near.birth_date as date)
                                         and other.id <> near.asked and other.merged_into is null
                      """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("names", names.toArray(String[]::new))
                .param("dates", dates.toArray(String[]::new))
                .query((row, number) -> two(asked, row))
                .list();
    }

    private static Key key(Two two) {
        return new Key(two.one().id().value(), two.other().id().value());
    }

    private static Two two(Map<UUID, Face> asked, ResultSet row) throws SQLException {
        Face other = face(row);
        Face one = asked.get(row.getObject("asked", UUID.class));
        if (one == null) {
            throw new IllegalStateException("nobody asked for this one");
        }
        return one.id().value().toString().compareTo(other.id().value().toString()) < 0
                ? new Two(one, other)
                : new Two(other, one);
    }

    private static Face face(ResultSet row) throws SQLException {
        return new Face(
                new MemberId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getObject("birth_date", LocalDate.class),
                row.getBytes("identity_sealed"),
                row.getBytes("identity_blind"),
                row.getBytes("phone_blind"));
    }

    private Likenesses.Pair pair(Two two) {
        Face one = two.one();
        Face other = two.other();
        boolean sameName = one.name().equals(other.name());
        return new Likenesses.Pair(
                one.id(),
                other.id(),
                one.phoneBlind() != null && MessageDigest.isEqual(one.phoneBlind(), other.phoneBlind()),
                sameName && one.birthDate().equals(other.birthDate()),
                sameName && isNear(one, other),
                seen(one, other));
    }

    private boolean isNear(Face one, Face other) {
        Optional<IdentityNumber> number = identity(one);
        return number.isPresent()
                && identity(other).filter(number.get()::isNear).isPresent();
    }

    /** Empty for a number that does not open: of nobody else is the comparing given up for it. */
    private Optional<IdentityNumber> identity(Face face) {
        try {
            return IdentityNumber.read(sealer.open(face.identity(), MemberStore.identityPlace(face.id())));
        } catch (IllegalStateException doesNotOpen) {
            LOG.warn("The identity number of {} does not open: it is not compared", face.id());
            return Optional.empty();
        }
    }

    private static byte[] seen(Face one, Face other) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Face face : List.of(one, other)) {
                digest.update(face.name().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(face.identityBlind());
                byte[] phone = face.phoneBlind();
                digest.update(phone == null ? new byte[32] : phone);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    private static UUID[] ids(List<MemberId> members) {
        return members.stream().map(MemberId::value).toArray(UUID[]::new);
    }
}
