package org.gonghui.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.gonghui.kernel.CannotStart;

/**
 * The city's keys, read from a file that only its owner may read and that never lies under the data folder. Each line
 * is {@code purpose id base64}. Which seal key is in use the database says, so that no node seals with one that others
 * do not know yet; older ones still open what they sealed.
 */
final class KeyRing {

    private static final int KEY_BYTES = 32;
    private static final String SEAL = "seal";
    private static final String BLIND = "blind";

    private final TreeMap<Integer, SecretKeySpec> sealKeys = new TreeMap<>();
    private final TreeMap<Integer, SecretKeySpec> blindKeys = new TreeMap<>();

    private KeyRing() {}

    private KeyRing(List<String> lines, Path file) {
        Map<String, Map<Integer, SecretKeySpec>> byPurpose = new HashMap<>();
        byPurpose.put(SEAL, sealKeys);
        byPurpose.put(BLIND, blindKeys);
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split(" ", -1);
            byte[] key = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
            Map<Integer, SecretKeySpec> keys = byPurpose.get(parts[0]);
            if (keys == null || key.length != KEY_BYTES) {
                throw new CannotStart("The key file " + file + " has a line that is no key");
            }
            keys.put(Integer.valueOf(parts[1]), new SecretKeySpec(key, SEAL.equals(parts[0]) ? "AES" : "HmacSHA256"));
        }
        if (sealKeys.isEmpty() || blindKeys.isEmpty()) {
            throw new CannotStart("The key file " + file + " lacks a key");
        }
    }

    static KeyRing read(Path file) {
        try {
            if (!Set.of("rw-------", "r--------")
                    .contains(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))) {
                throw new CannotStart("The key file " + file + " must be readable by its owner only: chmod 600");
            }
            return new KeyRing(Files.readAllLines(file), file);
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " cannot be read", e);
        }
    }

    /** Makes the file with one fresh key of each purpose; fails if it is there already. */
    static void make(Path file) {
        var random = new SecureRandom();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(
                    file,
                    List.of(
                            "# Gonghui's keys. Without this file nothing that was sealed can be read again: keep a copy apart.",
                            SEAL + " 1 " + fresh(random),
                            BLIND + " 1 " + fresh(random)),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " cannot be made", e);
        }
    }

    /**
     * Adds a fresh seal key to the file, whole or not at all; its id. Nothing is sealed with it before it is put to use.
     */
    static int add(Path file) {
        int id = read(file).newest() + 1;
        Path part = file.resolveSibling(file.getFileName() + ".new");
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.add(SEAL + " " + id + " " + fresh(new SecureRandom()));
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(part, lines, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return id;
        } catch (IOException e) {
            throw new CannotStart("The key file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String fresh(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /**
     * These keys, and those that were added to their file since. A file that has another key under a known id is another
     * city's: whoever is at work goes on with what it has.
     */
    KeyRing with(KeyRing read) {
        var both = new KeyRing();
        both.sealKeys.putAll(sealKeys);
        both.blindKeys.putAll(blindKeys);
        read.sealKeys.forEach((id, key) -> {
            SecretKeySpec known = both.sealKeys.putIfAbsent(id, key);
            if (known != null && !known.equals(key)) {
                throw new CannotStart("The key file has another key " + id + " than before");
            }
        });
        return both;
    }

    int newest() {
        return sealKeys.lastKey();
    }

    boolean has(int id) {
        return sealKeys.containsKey(id);
    }

    SecretKeySpec sealKey(int id) {
        SecretKeySpec key = sealKeys.get(id);
        if (key == null) {
            throw new IllegalStateException("No seal key " + id + " on the key ring");
        }
        return key;
    }

    /** A key for another purpose, made of a seal key: as secret as that one, and of no use for opening what it sealed. */
    SecretKeySpec derived(int id, String purpose) {
        try {
            byte[] key = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(sealKey(id).getEncoded())
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
            return new SecretKeySpec(key, "HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key could be derived", e);
        }
    }

    int blindId() {
        return blindKeys.lastKey();
    }

    SecretKeySpec blindKey() {
        return blindKeys.lastEntry().getValue();
    }
}
