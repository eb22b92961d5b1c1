package dev.sesame.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password's Argon2id hash (RFC 9106) with all that it takes to make it again. Written as the reference program
/// writes it: `$argon2id$v=19$m=MEMORY,t=PASSES,p=LANES$SALT$HASH`, the last two in base64 without padding.
///
/// @param memory in KiB
record Argon2Hash(int memory, int passes, int lanes, byte[] salt, byte[] hash) {
    private static final int HASH_BYTES = 32;
    private static final Pattern WRITTEN =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

    /// What the password is with that salt.
    ///
    /// @param memory in KiB
    static Argon2Hash of(String password, int memory, int passes, int lanes, byte[] salt) {
        return new Argon2Hash(memory, passes, lanes, salt, compute(password, memory, passes, lanes, salt, HASH_BYTES));
    }

    /// @throws IllegalArgumentException when it is not one, which only a changed database makes
    static Argon2Hash parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an Argon2id hash of version 19");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        return new Argon2Hash(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                decoder.decode(matcher.group(4)),
                decoder.decode(matcher.group(5)));
    }

    /// Takes as long for a wrong password as for the right one.
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, memory, passes, lanes, salt, hash.length));
    }

    private static byte[] compute(String password, int memory, int passes, int lanes, byte[] salt, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    @Override
    public String toString() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(memory, passes, lanes, encoder.encodeToString(salt), encoder.encodeToString(hash));
    }
}
