package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private @TempDir Path home;

    @Test
    void whatWasKeptIsFoundAndForItsOwnerAlone() throws Exception {
        Login login = new Login(URI.create("https://a.example/sesame"), "sk_kept");
        login.keep(Login.file(environment()));
        assertThat(Login.find(environment())).isEqualTo(login);
        assertThat(login).hasToString("Login[https://a.example/sesame]");

        Path file = home.resolve(".config/sesame/login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
        assertThat(Login.file(environment("XDG_CONFIG_HOME", "/etc/mine")))
                .isEqualTo(Path.of("/etc/mine/sesame/login.json"));
    }

    @Test
    void theEnvironmentGoesBeforeItAsAPair() throws Exception {
        new Login(URI.create("https://a.example"), "sk_kept").keep(Login.file(environment()));
        assertThat(Login.find(environment("SESAME_API_KEY", "sk_b", "SESAME_URL", "https://b.example/")))
                .isEqualTo(new Login(URI.create("https://b.example"), "sk_b"));
        // Not to the server that was kept, whose key it is not.
        assertThat(Login.find(environment("SESAME_API_KEY", "sk_b")))
                .isEqualTo(new Login(URI.create("http://localhost:13531"), "sk_b"));
        assertThat(Login.find(environment("SESAME_URL", "https://a.example/")).key())
                .isEqualTo("sk_kept");
        assertThatThrownBy(() -> Login.find(environment("SESAME_URL", "https://b.example")))
                .hasMessageContaining("Run sesame login https://b.example, or set SESAME_API_KEY");
    }

    @Test
    void withoutAnyOfItItIsSaidWhatToDo() throws Exception {
        assertThatThrownBy(() -> Login.find(environment()))
                .hasMessageStartingWith("Nobody is signed in. Run sesame login, or set SESAME_API_KEY");
        Path file = Login.file(environment());
        Files.createDirectories(file.getParent());
        for (String broken : new String[] {"", "{", "[]", "{\"url\": \"https://a.example\"}"}) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> Login.find(environment()))
                    .hasMessage(file + " is no login. Run sesame login anew.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-abc", "sk_a\nb", "sk_…", "ghp_secret", "sk_a b"})
    void whatIsNoKeyIsRefusedAndNotTold(String key) {
        assertThatThrownBy(() -> Login.find(environment("SESAME_API_KEY", key)))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith("That is no key")
                .hasMessageNotContaining(key);
    }

    @Test
    void anEmptyHomeIsNone() {
        assertThat(Login.file(Map.of("HOME", ""))).isAbsolute();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:13531, http://localhost:13531",
        "a.example/sesame/, https://a.example/sesame",
        "http://a.example, http://a.example",
        "https://a.example/sesame/, https://a.example/sesame",
        "' http://[::1]:8080 ', http://[::1]:8080"
    })
    void anAddressIsTakenAsPeopleWriteIt(String written, URI url) throws Exception {
        assertThat(Login.address(written)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://a.example",
                "http://",
                "http://u:p@a.example",
                "http://a b",
                "http://a/?x=1",
                "http://a/#x",
                "http://a:99999"
            })
    void whatIsNoAddressIsRefused(String written) {
        assertThatThrownBy(() -> Login.address(written))
                .hasMessageStartingWith("Not the address of a server: " + written);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:13531, false",
        "http://127.0.0.1, false",
        "http://[::1]:1, false",
        "http://a.example, true",
        "https://a.example, false"
    })
    void anAddressThatOthersCanReadOnTheWayIsKnown(URI url, boolean open) {
        assertThat(Login.isOpenToReaders(url)).isEqualTo(open);
    }

    private Map<String, String> environment(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return environment;
    }
}
