package org.gonghui.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.enrolment.Enrolments.Sending;
import org.gonghui.kernel.Actor;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.Given;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists as tests send them and wait for them. */
final class SentLists {

    private SentLists() {}

    static UUID send(Enrolments enrolments, Actor officer, UnionSummary union, byte[] file) {
        UUID list = UUID.randomUUID();
        enrolments.send(officer, Sending.of(union.id(), list, "JOINING", "名单"), file);
        return list;
    }

    /** The list once it stands there, which it does when somebody has read it. */
    static Enrolments.Looked looked(Enrolments enrolments, Actor officer, UUID list, State state) {
        await(() -> enrolments.get(officer, list).state() != State.SENT);
        Enrolments.Looked looked = enrolments.look(officer, list);
        assertThat(looked.list().state()).as(looked.list().broken()).isEqualTo(state);
        return looked;
    }

    static void await(BooleanSupplier state) {
        await(state, Duration.ofSeconds(20));
    }

    static void await(BooleanSupplier state, Duration most) {
        Instant end = Instant.now().plus(most);
        while (!state.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    static String row(String name, String employment) {
        return row(name, employment, "");
    }

    /** Somebody new, as a row of a plain table. */
    static String row(String name, String employment, String union) {
        return "%s,%s,%s,%s,%s\n"
                .formatted(
                        name, Given.freshIdentity().text(), Given.freshPhone().text(), employment, union);
    }

    /** How many rows of a table hold this text unsealed, as text or as bytes. */
    static long open(JdbcClient jdbc, String table, String text) {
        return jdbc.sql("""
                        select count(*) from %1$s
                         where position(:text in cast(%1$s as text)) > 0
                            or position(encode(convert_to(:text, 'UTF8'), 'hex') in cast(%1$s as text)) > 0
                        """.formatted(table))
                .param("text", text)
                .query(Long.class)
                .single();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
