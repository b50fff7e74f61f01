package org.gonghui.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.CannotStart;
import org.gonghui.support.CityTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A new key comes to every node before it seals anything, then everything is sealed with it. What the whole city does
 * meanwhile is told by a story; here it is tried on a table of its own, and by what must not happen.
 */
@CityTest
class RotationTests {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource city;

    @Autowired
    private TransactionLocks locks;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private List<SealedColumns> modules;

    @Autowired
    private SealStore check;

    @Autowired
    private RotationStore rotations;

    @Value("${gonghui.key-file}")
    private Path cityFile;

    @TempDir
    private Path folder;

    private SealedColumn column;
    private Path file;
    private Sealer before;
    private boolean ended;

    @BeforeEach
    void sealedWithTheFirstKey() {
        String table = "seal_test_" + UUID.randomUUID().toString().replace("-", "");
        column = new SealedColumn(table, "text_sealed", "id");
        file = folder.resolve("city.key");
        KeyRing.make(file);
        before = Sealer.of(file);
        jdbc.sql("create table " + table + " (id uuid primary key, text_sealed bytea)")
                .update();
        for (int i = 0; i < 450; i++) {
            UUID id = new UUID(7, i);
            insert(id, i % 10 == 0 ? null : before.seal("text " + i, column.of(id)));
        }
    }

    @AfterEach
    void dropIt() {
        jdbc.sql("drop table " + column.table()).update();
    }

    @Test
    void everySealedColumnOfTheSchemaIsSealedAnew() {
        List<String> ofTheSchema = jdbc.sql("""
                        select table_name || '.' || column_name from information_schema.columns
                         where table_schema = current_schema() and column_name like '%sealed' and data_type = 'bytea'
                           and table_name not like 'seal%'
                        """).query(String.class).list();
        assertThat(modules.stream()
                        .flatMap(module -> module.sealedColumns().stream())
                        .map(declared -> declared.table() + "." + declared.column()))
                .containsExactlyInAnyOrderElementsOf(ofTheSchema);
    }

    @Test
    void everyValueOfTheCityOpensAtThePlaceThatIsDeclared() {
        Sealer sealer = Sealer.of(cityFile);
        for (SealedColumns module : modules) {
            for (SealedColumn declared : module.sealedColumns()) {
                transaction.executeWithoutResult(status -> {
                    // Another key than any: all are found, none is written.
                    rotations.reseal(declared, 99, new UUID(0, 0), 1_000, value -> {
                        assertThat(sealer.open(value.sealed(), declared.of(value.row())))
                                .isNotNull();
                        return null;
                    });
                });
            }
        }
    }

    @Test
    void whatWasSealedWithTheOldKeyIsSealedWithTheNew() throws Exception {
        Resealing resealing = resealing(true);
        resealing.reseal();
        assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(2, 405L));
        assertThat(ended).isTrue();
        assertThat(texts())
                .hasSize(405)
                .allSatisfy((id, text) -> assertThat(text).isEqualTo("text " + id.getLeastSignificantBits()));
    }

    /** Files are megabytes each: what is sealed anew in one transaction is in memory. */
    @Test
    void filesAreSealedAnewAFewAtATime() throws Exception {
        column = column.ofFiles();
        resealing(true).reseal();
        assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(2, 405L));
        assertThat(jdbc.sql("select count(*) from " + column.table()
                                + " where text_sealed is not null group by cast(xmin as text)")
                        .query(Integer.class)
                        .list())
                .allSatisfy(together -> assertThat(together).isLessThanOrEqualTo(column.atOnce()));
        assertThat(modules.stream()
                        .flatMap(module -> module.sealedColumns().stream())
                        .filter(declared -> declared.atOnce() == column.atOnce())
                        .map(declared -> declared.table() + "." + declared.column()))
                .containsExactlyInAnyOrder(
                        "founding_paper.content_sealed", "enrolment_part.sealed", "canvass.content_sealed");
    }

    @Test
    void aRowThatSomebodyIsChangingIsWaitedForInTheEndOnly() throws Exception {
        UUID held = new UUID(7, 201);
        Resealing resealing = resealing(true);
        try (var other = city.getConnection()) {
            other.setAutoCommit(false);
            try (var change = other.createStatement()) {
                change.executeUpdate(
                        "update %s set text_sealed = text_sealed where id = '%s'".formatted(column.table(), held));
            }
            resealing.reseal();
            assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(1, 1L, 2, 404L));
            assertThat(ended).isFalse();
            other.commit();
        }
        resealing.reseal();
        assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(2, 405L));
        assertThat(ended).isTrue();
    }

    /** What is copied just now stands neither where it was nor where it will be. */
    @Test
    void nothingEndsWhileAValueIsOnItsWayToAnotherRow() throws Exception {
        Resealing resealing = resealing(true);
        try (var other = city.getConnection()) {
            other.setAutoCommit(false);
            try (var moving = other.createStatement()) {
                moving.execute(
                        "select pg_advisory_xact_lock_shared(hashtextextended('" + SealedColumns.MOVING + "', 0))");
            }
            resealing.reseal();
            assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(2, 405L));
            assertThat(ended).isFalse();
            other.commit();
        }
        resealing.reseal();
        assertThat(ended).isTrue();
    }

    @Test
    void nothingEndsWhileANodeMayStillSealWithTheOldKey() throws Exception {
        Resealing resealing = resealing(false);
        resealing.reseal();
        assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(2, 405L));
        assertThat(ended).isFalse();
    }

    @Test
    void aDamagedValueIsLeftAsItIsAndHoldsTheOthersUpNotAtAll() throws Exception {
        UUID id = new UUID(7, 11);
        byte[] damaged = before.seal("text 11", column.of(new UUID(7, 12)));
        jdbc.sql("update " + column.table() + " set text_sealed = :sealed where id = :id")
                .param("sealed", damaged)
                .param("id", id)
                .update();
        resealing(true).reseal();
        assertThat(keys()).containsExactlyInAnyOrderEntriesOf(Map.of(1, 1L, 2, 404L));
        assertThat(ended).isFalse();
    }

    @Test
    void aKeyThatANodeDoesNotKnowIsNotPutToUse() throws IOException {
        Path copy = folder.resolve("copy.key");
        Files.copy(cityFile, copy);
        int inUse = rotations.keyInUse();
        var rotation = new RotateKey(check, rotations);
        assertThatThrownBy(() -> rotation.begin(copy))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is not known yet to")
                .hasMessageContaining("Nothing has changed");
        assertThat(rotations.keyInUse()).isEqualTo(inUse);
        assertThat(rotations.latest()).isEmpty();
        // The key stays in the file for the next time: nothing is added twice.
        assertThat(KeyRing.read(copy).newest()).isEqualTo(inUse + 1);
    }

    @Test
    void anotherCitysFileIsNotTouched() throws IOException {
        String was = Files.readString(file);
        assertThatThrownBy(() -> new RotateKey(check, rotations).begin(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is not this city's");
        assertThat(Files.readString(file)).isEqualTo(was);
    }

    @Test
    void aKeyIsAddedAndTheFileStaysItsOwners() throws IOException {
        String was = Files.readString(file);
        assertThat(KeyRing.add(file)).isEqualTo(2);
        assertThat(Files.readString(file)).startsWith(was).contains("\nseal 2 ");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatAQuickerNodeSealedWithANewKeyOpensHere() {
        KeyRing.add(file);
        byte[] sealed = Sealer.of(file).seal("text", column.of(new UUID(7, 1)));
        assertThat(before.open(sealed, column.of(new UUID(7, 1)))).isEqualTo("text");
        assertThat(before.sealKeyId()).as("and it seals as before").isEqualTo(1);
    }

    @Test
    void whoeverIsAtWorkGoesOnWhateverBecomesOfTheFile() throws IOException {
        byte[] sealed = before.seal("text", column.of(new UUID(7, 1)));
        Path other = folder.resolve("other.key");
        KeyRing.make(other);
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(before::reread).hasMessageContaining("another key 1 than before");
        Files.writeString(file, "seal 1 ???");
        assertThatThrownBy(before::reread).isInstanceOf(RuntimeException.class);
        Files.delete(file);
        assertThatThrownBy(before::reread).isInstanceOf(RuntimeException.class);
        assertThat(before.open(sealed, column.of(new UUID(7, 1)))).isEqualTo("text");
        // And it is heard of: a node that nobody hears of is not waited for.
        var heard = new ArrayList<Integer>();
        RotationStore here = new RotationStore(jdbc) {
            @Override
            int keyInUse() {
                return 1;
            }

            @Override
            void say(UUID node, String name, int newest, int using) {
                heard.add(newest);
            }
        };
        new Resealing(here, before, List.of(), locks, transaction, 0).follow();
        assertThat(heard).containsExactly(1);
    }

    @Test
    void aFileThatLacksTheKeyInUseDoesNotStart() {
        RotationStore ahead = new RotationStore(jdbc) {
            @Override
            int keyInUse() {
                return 99;
            }
        };
        assertThatThrownBy(() -> new SealConfiguration().sealer(cityFile, folder, check, ahead))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("lacks key 99");
    }

    /** Over this test's own table and key file; {@code settled} as if no node used the old key any more. */
    private Resealing resealing(boolean settled) throws UnknownHostException {
        KeyRing.add(file);
        RotationStore here = new RotationStore(jdbc) {
            @Override
            Optional<Rotation> latest() {
                return Optional.of(new Rotation(2, 0, ended));
            }

            @Override
            boolean isSettled(int keyId) {
                return settled;
            }

            @Override
            void end(int keyId) {
                ended = true;
            }
        };
        return new Resealing(here, Sealer.of(file), List.of(() -> List.of(column)), locks, transaction, 0);
    }

    private void insert(UUID id, byte @Nullable [] sealed) {
        jdbc.sql("insert into " + column.table() + " values (:id, :sealed)")
                .param("id", id)
                .param("sealed", sealed)
                .update();
    }

    /** How many values are sealed with each key. */
    private Map<Integer, Long> keys() {
        record Count(int key, long values) {}
        return jdbc
                .sql("select get_byte(text_sealed, 4) as key, count(*) as values from " + column.table()
                        + " where text_sealed is not null group by 1")
                .query(Count.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Count::key, Count::values));
    }

    private Map<UUID, String> texts() {
        record Row(UUID id, byte[] sealed) {}
        var texts = new TreeMap<UUID, String>();
        Sealer sealer = Sealer.of(file);
        jdbc.sql("select id, text_sealed as sealed from " + column.table() + " where text_sealed is not null")
                .query(Row.class)
                .list()
                .forEach(row -> texts.put(row.id(), sealer.open(row.sealed(), column.of(row.id()))));
        return texts;
    }
}
