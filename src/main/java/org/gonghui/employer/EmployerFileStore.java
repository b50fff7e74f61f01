package org.gonghui.employer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.CityClock;
import org.gonghui.member.PhoneNumber;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Contacts and service packages. */
@Repository
class EmployerFileStore implements SealedColumns {

    private static final SealedColumn PHONE = new SealedColumn("employer_contact", "phone_sealed", "id");

    /** Somebody to speak with. */
    record Contact(UUID id, String name, String post, Optional<PhoneNumber> phone) {}

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final Clock clock;

    EmployerFileStore(JdbcClient jdbc, Sealer sealer, Clock clock) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.clock = clock;
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(PHONE);
    }

    List<Contact> contacts(EmployerId employer) {
        return jdbc.sql("""
                        select id, name, post, phone_sealed from employer_contact
                         where employer_id = :employer and ended_at is null order by id
                        """)
                .param("employer", employer.value())
                .query((row, number) -> contact(row))
                .list();
    }

    /** The same of many. */
    Map<EmployerId, List<Contact>> contactsOf(List<EmployerId> employers) {
        Map<EmployerId, List<Contact>> contacts = new HashMap<>();
        jdbc.sql("""
                        select employer_id, id, name, post, phone_sealed from employer_contact
                         where employer_id = any (:employers) and ended_at is null order by id
                        """)
                .param("employers", employers.stream().map(EmployerId::value).toArray(UUID[]::new))
                .query(row -> {
                    contacts.computeIfAbsent(
                                    new EmployerId(row.getObject("employer_id", UUID.class)), id -> new ArrayList<>())
                            .add(contact(row));
                });
        return contacts;
    }

    private Contact contact(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Contact(
                id,
                row.getString("name"),
                row.getString("post"),
                Optional.ofNullable(row.getBytes("phone_sealed"))
                        .flatMap(kept -> PhoneNumber.read(sealer.open(kept, PHONE.of(id)))));
    }

    /** False when its id was given before. */
    boolean insertContact(EmployerId employer, Contact contact) {
        return jdbc.sql("""
                        insert into employer_contact (id, employer_id, name, post, phone_sealed)
                        values (:id, :employer, :name, :post, :phone) on conflict (id) do nothing
                        """)
                        .param("id", contact.id())
                        .param("employer", employer.value())
                        .param("name", contact.name())
                        .param("post", contact.post())
                        .param(
                                "phone",
                                contact.phone()
                                        .map(phone -> sealer.seal(phone.text(), PHONE.of(contact.id())))
                                        .orElse(null))
                        .update()
                == 1;
    }

    /** The post of whom it took out; the phone number is forgotten. Empty when there is none such. */
    Optional<String> endContact(EmployerId employer, UUID contact) {
        return jdbc.sql("""
                        update employer_contact set ended_at = :at, phone_sealed = null
                         where id = :id and employer_id = :employer and ended_at is null returning post
                        """)
                .param("id", contact)
                .param("employer", employer.value())
                .param("at", clock.instant().atZone(CityClock.ZONE).toOffsetDateTime())
                .query(String.class)
                .optional();
    }

    List<EmployerFiles.EmployerService> services(EmployerId employer) {
        return jdbc.sql("""
                        select id, asked, asked_on, promised, promised_by, done, done_on from employer_service
                         where employer_id = :employer order by asked_on desc, id desc
                        """)
                .param("employer", employer.value())
                .query((row, number) -> new EmployerFiles.EmployerService(
                        row.getObject("id", UUID.class),
                        row.getString("asked"),
                        row.getObject("asked_on", LocalDate.class),
                        row.getString("promised"),
                        Optional.ofNullable(row.getObject("promised_by", LocalDate.class)),
                        row.getString("done"),
                        Optional.ofNullable(row.getObject("done_on", LocalDate.class))))
                .list();
    }

    /** False when its id was given before. */
    boolean insertService(EmployerId employer, UUID id, String asked, LocalDate on) {
        return jdbc.sql("""
                        insert into employer_service (id, employer_id, asked, asked_on)
                        values (:id, :employer, :asked, :on) on conflict (id) do nothing
                        """)
                        .param("id", id)
                        .param("employer", employer.value())
                        .param("asked", asked)
                        .param("on", on)
                        .update()
                == 1;
    }

    /** False when there is no such service, or it is done. */
    boolean promise(EmployerId employer, UUID id, String promised, LocalDate by) {
        return jdbc.sql("""
                        update employer_service set promised = :promised, promised_by = :by
                         where id = :id and employer_id = :employer and done_on is null
                        """)
                        .param("id", id)
                        .param("employer", employer.value())
                        .param("promised", promised)
                        .param("by", by)
                        .update()
                == 1;
    }

    /** False when there is no such service, or it is done already. */
    boolean fulfil(EmployerId employer, UUID id, String done, LocalDate on) {
        return jdbc.sql("""
                        update employer_service set done = :done, done_on = :on
                         where id = :id and employer_id = :employer and done_on is null
                        """)
                        .param("id", id)
                        .param("employer", employer.value())
                        .param("done", done)
                        .param("on", on)
                        .update()
                == 1;
    }
}
