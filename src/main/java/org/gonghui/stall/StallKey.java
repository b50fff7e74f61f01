package org.gonghui.stall;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The pair of keys of one code. A phone agrees on a secret with the public one and a key of its own that it throws away
 * (ECDH, P-256), derives a key from it (HKDF-SHA-256), and seals by AES-256-GCM; only who has the private one opens it.
 * {@code stall.js} is the other side.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param privateKey PKCS #8, DER
 */
record StallKey(byte[] publicKey, byte[] privateKey) {

    private static final String CURVE = "secp256r1";
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    /** What a phone sealed: its own public key, 12 bytes used once, and the sealed text. */
    record Parcel(UUID id, byte[] key, byte[] nonce, byte[] box) {}

    static StallKey fresh() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec(CURVE));
            KeyPair pair = pairs.generateKeyPair();
            return new StallKey(pair.getPublic().getEncoded(), pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a parcel that was sealed for this key and code; empty for anything else. */
    Optional<String> open(String code, Parcel parcel) {
        if (parcel.nonce().length != NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] about = about(code, parcel.id());
        try {
            SecretKey key = agreed(parcel.key(), about);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, parcel.nonce()));
            cipher.updateAAD(about);
            return Optional.of(new String(cipher.doFinal(parcel.box()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException notForUs) {
            return Optional.empty();
        }
    }

    private SecretKey agreed(byte[] theirs, byte[] about) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("EC");
        PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(privateKey));
        PublicKey other = keys.generatePublic(new X509EncodedKeySpec(theirs));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other, true); // refuses what is no point of the curve
        var secret = new SecretKeySpec(agreement.generateSecret(), "Generic");
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(about, KEY_BYTES));
    }

    /** Binds a parcel to its code and its id: under another it does not open. */
    private static byte[] about(String code, UUID id) {
        return ("gonghui stall " + code + " " + id).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StallKey key
                && Arrays.equals(publicKey, key.publicKey)
                && Arrays.equals(privateKey, key.privateKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return "StallKey"; // never what it holds
    }
}
