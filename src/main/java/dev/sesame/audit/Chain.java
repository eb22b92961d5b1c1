package dev.sesame.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The HMAC-SHA-256 chain: an entry's mac covers the entry and the mac before it; the head's seal covers how many there
/// are and the last mac. Fields are written with their lengths, so that no two entries have the same bytes.
/// Immutable; safe from any thread.
final class Chain {
    /// Comes before the first entry.
    static final String START = "0".repeat(64);

    private static final String BROKEN = "f".repeat(64);

    private final SecretKeySpec key;

    Chain(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    record Head(long entries, String mac, String seal) {}

    String mac(String before, AuditEntry entry) {
        return hmac(
                "entry",
                before,
                Long.toString(entry.n()),
                Long.toString(entry.timestamp()),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.ip(),
                entry.details());
    }

    /// Goes on from a head that was tampered with: the mac fits to no entry, so the break stays to be seen.
    String macAfterBreak(AuditEntry entry) {
        return mac(BROKEN, entry);
    }

    Head head(long entries, String mac) {
        return new Head(entries, mac, seal(entries, mac));
    }

    boolean sealed(Head head) {
        return MessageDigest.isEqual(
                head.seal().getBytes(StandardCharsets.UTF_8),
                seal(head.entries(), head.mac()).getBytes(StandardCharsets.UTF_8));
    }

    private String seal(long entries, String mac) {
        return hmac("head", Long.toString(entries), mac);
    }

    private String hmac(String... fields) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes(fields)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String... fields) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (String field : fields) {
                byte[] text = field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
