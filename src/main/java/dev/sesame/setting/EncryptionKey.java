package dev.sesame.setting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The server's master key, from which one key per purpose is derived; itself it encrypts and signs nothing.
public final class EncryptionKey {
    private static final int BYTES = 32;

    private final byte[] key;

    private EncryptionKey(byte[] key) {
        this.key = key;
    }

    /// `ENCRYPTION_KEY`, or else the one in the file `encryption.key` of the data directory, which is made with mode
    /// 0600 if it is not there.
    public static EncryptionKey load(ServerConfig config) throws IOException {
        String given = config.encryptionKey();
        if (given != null) {
            return new EncryptionKey(HexFormat.of().parseHex(given));
        }
        Path file = Files.createDirectories(config.dataDirectory()).resolve("encryption.key");
        if (!Files.exists(file)) {
            create(file);
        }
        return read(file);
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

    // Written beside and linked into place, so that a crash leaves no half of a key and two servers agree on one.
    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(file.getParent(), "encryption", ".draft", ownerOnly);
        try {
            Files.writeString(draft, HexFormat.of().formatHex(fresh) + "\n", StandardOpenOption.SYNC);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another server was first, its key holds
        } finally {
            Files.delete(draft);
        }
    }

    private static EncryptionKey read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-fA-F]{64}")) {
            throw new BadConfigurationException(file + ": expected 64 hex digits");
        }
        return new EncryptionKey(HexFormat.of().parseHex(text));
    }
}
