package org.gonghui.founding;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.CityClock;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Papers, sealed. */
@Repository
class PaperStore implements SealedColumns {

    private static final SealedColumn CONTENT = new SealedColumn("founding_paper", "content_sealed", "id").ofFiles();

    private final JdbcClient jdbc;
    private final Sealer sealer;

    PaperStore(JdbcClient jdbc, Sealer sealer) {
        this.jdbc = jdbc;
        this.sealer = sealer;
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(CONTENT);
    }

    /** False when its id was given before. */
    boolean insert(FoundingId founding, Founding.Paper paper, byte[] content) {
        return jdbc.sql("""
                        insert into founding_paper (id, founding_id, kind, file_name, media_type, size, content_sealed, sent_at, sent_by)
                        values (:id, :founding, :kind, :name, :type, :size, :content, :at, :by) on conflict (id) do nothing
                        """)
                        .param("id", paper.id())
                        .param("founding", founding.value())
                        .param("kind", paper.kind().name())
                        .param("name", paper.fileName())
                        .param("type", paper.mediaType())
                        .param("size", paper.size())
                        .param("content", sealer.seal(content, CONTENT.of(paper.id())))
                        .param("at", paper.sentAt().atZone(CityClock.ZONE).toOffsetDateTime())
                        .param("by", paper.sentBy())
                        .update()
                == 1;
    }

    List<Founding.Paper> papers(FoundingId founding) {
        return jdbc.sql("""
                        select id, kind, file_name, media_type, size, sent_at, sent_by from founding_paper
                         where founding_id = :founding order by kind, sent_at, id
                        """)
                .param("founding", founding.value())
                .query((row, number) -> new Founding.Paper(
                        row.getObject("id", UUID.class),
                        Founding.PaperKind.valueOf(row.getString("kind")),
                        row.getString("file_name"),
                        row.getString("media_type"),
                        row.getInt("size"),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                        row.getString("sent_by")))
                .list();
    }

    Optional<byte[]> content(FoundingId founding, UUID paper) {
        return jdbc.sql("select content_sealed from founding_paper where id = :id and founding_id = :founding")
                .param("id", paper)
                .param("founding", founding.value())
                .query((row, number) -> sealer.openBytes(row.getBytes("content_sealed"), CONTENT.of(paper)))
                .optional();
    }

    /** False when there is none such. */
    boolean delete(FoundingId founding, UUID paper) {
        return jdbc.sql("delete from founding_paper where id = :id and founding_id = :founding")
                        .param("id", paper)
                        .param("founding", founding.value())
                        .update()
                == 1;
    }
}
