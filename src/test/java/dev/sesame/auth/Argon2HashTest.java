package dev.sesame.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {
    // From the test suite of the reference program (phc-winner-argon2).
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private static final byte[] SALT = "somesalt".getBytes(StandardCharsets.UTF_8);

    @Test
    void isTheReferencePrograms() {
        assertThat(Argon2Hash.of("password", 65_536, 2, 1, SALT)).hasToString(REFERENCE);
        assertThat(Argon2Hash.parse(REFERENCE).matches("password")).isTrue();
        assertThat(Argon2Hash.parse(REFERENCE).matches("Password")).isFalse();
    }

    @Test
    void whatIsWrittenCanBeRead() {
        String written = Argon2Hash.of("pässwörd 🐢", 64, 1, 2, SALT).toString();
        assertThat(Argon2Hash.parse(written)).hasToString(written);
        assertThat(Argon2Hash.parse(written).matches("pässwörd 🐢")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1a",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1a",
                "$argon2id$v=19$m=99999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1a",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ"
            })
    void refusesWhatIsNone(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2Hash.parse(written));
    }
}
