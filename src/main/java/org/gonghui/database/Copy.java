package org.gonghui.database;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Loads many rows at once with PostgreSQL's COPY, inside the surrounding transaction. */
@Component
public class Copy {

    private static final int CHUNK = 1 << 18;

    private final DataSource source;

    Copy(DataSource source) {
        this.source = source;
    }

    /** Opens a COPY into these columns; close it to send the rest. {@code target} is written by the caller, never by a user. */
    public Rows into(String target) {
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin");
            return new Rows(source, connection, copy);
        } catch (SQLException e) {
            DataSourceUtils.releaseConnection(connection, source);
            throw new DataAccessResourceFailureException("COPY could not begin", e);
        }
    }

    /** Rows on their way into a table. A row is its values in order; null is SQL's null. */
    public static final class Rows implements AutoCloseable {

        private static final byte[] NULL = {'\\', 'N'};
        private static final HexFormat HEX = HexFormat.of();

        private final DataSource source;
        private final Connection connection;
        private final CopyIn copy;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream(CHUNK + 4096);

        private Rows(DataSource source, Connection connection, CopyIn copy) {
            this.source = source;
            this.connection = connection;
            this.copy = copy;
        }

        /** Adds one row; bytes go as bytea, everything else by its text. */
        public void row(@Nullable Object... values) {
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    pending.write('\t');
                }
                write(values[i]);
            }
            pending.write('\n');
            if (pending.size() >= CHUNK) {
                flush();
            }
        }

        private void write(@Nullable Object value) {
            try {
                switch (value) {
                    case null -> pending.write(NULL);
                    case byte[] bytes -> {
                        pending.write(new byte[] {'\\', '\\', 'x'});
                        pending.write(HEX.formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
                    }
                    default -> pending.write(escape(value.toString()).getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String escape(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
                    return text.replace("\\", "\\\\")
                            .replace("\t", "\\t")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r");
                }
            }
            return text;
        }

        private void flush() {
            byte[] bytes = pending.toByteArray();
            pending.reset();
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("COPY was interrupted", e);
            }
        }

        @Override
        public void close() {
            try {
                flush();
                copy.endCopy();
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("COPY could not end", e);
            } finally {
                DataSourceUtils.releaseConnection(connection, source);
            }
        }
    }
}
