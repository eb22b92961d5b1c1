package dev.sesame.credential;

import dev.sesame.setting.EncryptionKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM for one secret, by a key derived from the master key. A sealed text opens only in its own place: for
/// another owner, purpose or key it is as good as damaged. Immutable; safe from any thread.
final class Seal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String keyId;
    private final SecretKeySpec key;

    Seal(EncryptionKey master) {
        keyId = master.id();
        key = new SecretKeySpec(master.derive("secrets at rest"), "AES");
    }

    String keyId() {
        return keyId;
    }

    /// Base64 of nonce, ciphertext and tag. The nonce is random: fine for 2^32 secrets under one key.
    String close(String owner, String purpose, String secret) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] content =
                    cipher(Cipher.ENCRYPT_MODE, nonce, owner, purpose).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE + content.length);
            System.arraycopy(content, 0, all, NONCE, content.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// @throws IllegalStateException if it was changed, or was sealed for another place
    String open(String owner, String purpose, String sealed) {
        byte[] all = Base64.getDecoder().decode(sealed);
        try {
            byte[] content = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), owner, purpose)
                    .doFinal(all, NONCE, all.length - NONCE);
            return new String(content, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The secret " + purpose + " of " + owner + " was changed in the database, or moved there");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        // None of the three can hold a line break.
        cipher.updateAAD((owner + "\n" + purpose + "\n" + keyId).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
