package org.gonghui.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals personal data (AES-256-GCM) as {@code version | key id | nonce | ciphertext and tag}, bound to its place
 * (table, column, row) so that a value moved to another row no longer opens; and makes the blind index (HMAC-SHA-256)
 * by which a sealed value is found by exact match.
 */
public final class Sealer {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + 4 + NONCE_BYTES;

    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    /** Looking for a provider takes longer than to seal a number. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Sealer::newCipher);

    private final Path file;
    private final Mac blindMac;
    private volatile KeyRing keys;
    private volatile int keyInUse;
    private final Map<Integer, SecretKeySpec> witnessKeys = new ConcurrentHashMap<>();

    /** With the keys of a file, for commands that run beside the platform; seals with the newest. */
    public static Sealer of(Path file) {
        KeyRing keys = KeyRing.read(file);
        return new Sealer(file, keys, keys.newest());
    }

    /** @param keyInUse the id of the key to seal with, one of the file's */
    Sealer(Path file, KeyRing keys, int keyInUse) {
        this.file = file;
        this.keys = keys;
        this.keyInUse = keyInUse;
        try {
            blindMac = Mac.getInstance("HmacSHA256");
            blindMac.init(keys.blindKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("blind index failed", e);
        }
    }

    /** Reads the file again, for keys that were added since. */
    void reread() {
        keys = keys.with(KeyRing.read(file));
    }

    /** The newest key that is known here, in use or not. */
    int newestKey() {
        return keys.newest();
    }

    /** Seals with this key from now on; it is one of the file's. */
    void use(int keyId) {
        keys.sealKey(keyId);
        keyInUse = keyId;
    }

    /** Where a sealed value stands: {@code member.identity}, and the row's id. */
    public record Place(String column, UUID row) {
        byte[] bytes() {
            return (column + "." + row).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Seals the text for this place. */
    public byte[] seal(String text, Place place) {
        return seal(text.getBytes(StandardCharsets.UTF_8), place);
    }

    /** Seals bytes for this place: a part of a file. */
    public byte[] seal(byte[] content, Place place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.get().nextBytes(nonce);
        int keyId = keyInUse;
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce, place);
            byte[] sealed = cipher.doFinal(content);
            return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(VERSION)
                    .putInt(keyId)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Opens what was sealed for this place; a value that was altered or moved is {@link IllegalStateException}. */
    public String open(byte[] sealed, Place place) {
        return new String(openBytes(sealed, place), StandardCharsets.UTF_8);
    }

    /** The same for bytes. */
    public byte[] openBytes(byte[] sealed, Place place) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        if (sealed.length < HEAD_BYTES || in.get() != VERSION) {
            throw new IllegalStateException("not a sealed value");
        }
        int keyId = in.getInt();
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        try {
            return cipher(Cipher.DECRYPT_MODE, keyId, nonce, place).doFinal(rest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed value does not open at " + place.column(), e);
        }
    }

    /**
     * The blind index of a value: 32 bytes, equal for equal texts of one subject. Normalise the text first.
     *
     * @param subject keeps apart equal texts of different meaning: {@code identity}, {@code phone}
     */
    public byte[] blind(String subject, String text) {
        try {
            Mac mac = (Mac) blindMac.clone(); // several times faster than keying a new one
            mac.update(subject.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK's HMAC cannot be cloned", e);
        }
    }

    /**
     * 32 bytes that nobody can make for another text who lacks the key: kept beside a record, they witness it.
     *
     * @param keyId {@link #sealKeyId()} when it is made, and the one kept with it when it is compared
     */
    public byte[] witness(int keyId, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(witnessKeys.computeIfAbsent(keyId, id -> keys.derived(id, "witness")));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("witness failed", e);
        }
    }

    /** The id of the key with which is sealed and witnessed now. */
    public int sealKeyId() {
        return keyInUse;
    }

    /** The id of the key that {@link #blind} uses now, stored beside each index for rotation. */
    public int blindKeyId() {
        return keys.blindId();
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks AES-GCM", e);
        }
    }

    /** The thread's own, begun anew: nothing is left in it of what it did before. */
    private Cipher cipher(int mode, int keyId, byte[] nonce, Place place) throws GeneralSecurityException {
        Cipher cipher = CIPHER.get();
        if (!keys.has(keyId)) {
            reread(); // another node was quicker to use a key that has just come
        }
        cipher.init(mode, keys.sealKey(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.bytes());
        return cipher;
    }
}
