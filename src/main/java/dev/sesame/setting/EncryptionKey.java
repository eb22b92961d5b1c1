package dev.sesame.setting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The server's master key, from which one key per purpose is derived; itself it encrypts and signs nothing.
public final class EncryptionKey {
    private static final int BYTES = 32;
    private static final int ID_CHARACTERS = 32;

    private final byte[] key;

    private EncryptionKey(byte[] key) {
        this.key = key;
    }

    /// @param hex 64 digits
    static EncryptionKey of(String hex) {
        return new EncryptionKey(HexFormat.of().parseHex(hex));
    }

    /// A new one, at random.
    public static EncryptionKey fresh() {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        return new EncryptionKey(fresh);
    }

    /// A key of 32 bytes for one purpose; the same purpose gives the same key as long as the master key stays.
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// Tells keys apart without telling them; safe to store and to show.
    public String id() {
        return HexFormat.of().formatHex(derive("id of the key")).substring(0, ID_CHARACTERS);
    }

    /// The key itself, as `ENCRYPTION_KEY` has it. Only for the key file and for who makes a key.
    public String hex() {
        return HexFormat.of().formatHex(key);
    }
}
