package org.gonghui.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;

/**
 * One link of the audit chain. Its digest is made of its number, the digest before it and everything that its entry says;
 * whoever changes an entry would have to make all later digests again, and lacks the key for it.
 *
 * @param number 1, 2, 3 … without a gap
 * @param keyId the key on the city's ring that the digest was made with
 */
record Link(long number, UUID entry, int keyId, byte[] digest) {

    /** What an entry says, as the database writes it. */
    record Said(
            UUID id,
            Instant at,
            @Nullable UUID account,
            String actor,
            String action,
            @Nullable UUID subject,
            @Nullable String path,
            String facts) {

        /** All of it without ambiguity: each part after its length, and one that is missing told from an empty one. */
        private byte[] bytes(long number, byte[] before) {
            List<Optional<byte[]>> parts = Stream.of(
                            id.toString(),
                            Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)),
                            account == null ? null : account.toString(),
                            actor,
                            action,
                            subject == null ? null : subject.toString(),
                            path,
                            facts)
                    .map(part -> Optional.ofNullable(part).map(text -> text.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            var bytes = ByteBuffer.allocate(Long.BYTES
                    + before.length
                    + parts.stream()
                            .mapToInt(part -> Integer.BYTES
                                    + part.map(text -> text.length).orElse(0))
                            .sum());
            bytes.putLong(number).put(before);
            for (Optional<byte[]> part : parts) {
                bytes.putInt(part.map(text -> text.length).orElse(-1));
                part.ifPresent(bytes::put);
            }
            return bytes.array();
        }
    }

    /** What stands before the first link. */
    static final Link NONE = new Link(0, new UUID(0, 0), 0, new byte[32]);

    /** The link after this one. */
    Link next(Said said, Sealer sealer) {
        return next(said, sealer, sealer.sealKeyId());
    }

    /** True when this link follows another and its entry says what it said when it was sealed. */
    boolean follows(Link before, Said said, Sealer sealer) {
        return Arrays.equals(before.next(said, sealer, keyId).digest(), digest);
    }

    private Link next(Said said, Sealer sealer, int key) {
        return new Link(number + 1, said.id(), key, sealer.witness(key, said.bytes(number + 1, digest)));
    }
}
