package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.client.CommandLineUser.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandIT {
    private final SesameServer server = SesameServer.shared();

    private @TempDir Path home;

    @Test
    void aPasswordGetsAKeyThatTheCommandsUse() throws Exception {
        HttpUser user = server.signUp("Cleo", "cleo@example.com");
        CommandLineUser cleo = new CommandLineUser(home, Map.of());
        String url = server.base() + "/";

        Result wrong = cleo.runWith("wrong password\n", "login", "--email", "cleo@example.com", url);
        assertThat(wrong.status()).isEqualTo(3);
        assertThat(wrong.notes()).contains("answers 401");
        assertThat(home).isEmptyDirectory();

        Result login = cleo.runWith("correct horse\n", "login", "--email", "cleo@example.com", url);
        assertThat(login.status()).as(login.toString()).isZero();
        assertThat(login.out()).startsWith("Signed in to " + server.base() + " as Cleo <cleo@example.com>.");
        assertThat(Files.readString(home.resolve(".config/sesame/login.json"))).contains("sk_");
        assertThat(user.get("/api/auth/api-key/list").json())
                .singleElement()
                .satisfies(key -> assertThat(key.path("name").asText()).startsWith("sesame login"));
        // The browser's session and no other: that of the sign-in ended with it.
        assertThat(user.get("/api/auth/list-sessions").json()).hasSize(1);
        assertThat(cleo.run("task", "list")).isEqualTo(new Result(0, "No task.\n", ""));

        assertThat(cleo.run("logout").status()).isZero();
        assertThat(cleo.run("task", "list").notes()).startsWith("Nobody is signed in.");
        assertThat(cleo.run("logout").out()).isEqualTo("Nobody was signed in.\n");
    }

    @Test
    void aKeyFromStandardInputIsCheckedAndKept() {
        CommandLineUser user = new CommandLineUser(home, Map.of());
        String url = server.base().toString();
        String key = server.keyOf(server.user()).header("X-API-Key");
        assertThat(user.runWith("", "login", url).notes()).startsWith("No key or password was given.");
        assertThat(user.runWith("hunter2\n", "login", url).notes()).startsWith("That is no key");
        assertThat(user.runWith("sk_unknown\n", "login", url).notes()).contains("answers 401");
        assertThat(user.runWith(key + "\n", "login", "http://a b").notes()).startsWith("Not the address of a server");
        assertThat(home).isEmptyDirectory();

        assertThat(user.runWith(key + "\n", "login", url).status()).isZero();
        assertThat(user.run("task", "list").status()).isZero();
    }
}
