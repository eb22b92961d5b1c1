package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sesame login`: gets the command line a key of its own, or takes one that is there, and keeps it for `sesame task`.
@Command(
        name = "login",
        description = "Sign the command line in to a server, for sesame task.",
        footer = {
            "",
            "On a terminal it asks for e-mail and password, and makes a key; or it takes a key,",
            "for who signs in by OpenID Connect. Elsewhere it reads one line from standard input:",
            "a key, or with --email the password.",
            "",
            "  printf %%s \"$KEY\" | sesame login https://sesame.example.com",
            "",
            "Without it, SESAME_URL and SESAME_API_KEY do the same."
        },
        mixinStandardHelpOptions = true)
public final class LoginCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = Login.USUAL,
            description = "Where the server is; default: " + Login.USUAL + ".")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private String url;

    @Option(names = "--email", paramLabel = "EMAIL", description = "Sign in with this address and make a key.")
    private @Nullable String email;

    @Override
    public Integer call() throws InterruptedException {
        try {
            URI server = Login.address(url);
            if (Login.isOpenToReaders(server)) {
                note("Beware: " + server + " is not encrypted. Whoever is on the way there can read the key.");
            }
            Login login = new Login(server, key(server));
            JsonNode user = user(login);
            Path file = Login.file(System.getenv());
            login.keep(file);
            say("Signed in to " + server + " as " + user.path("name").asText("") + " <"
                    + user.path("email").asText("") + ">. The key is in " + file + ".");
            return ApiCommand.GOOD;
        } catch (ClientException e) {
            return ApiCommand.refused(spec, e);
        }
    }

    private String key(URI server) throws ClientException, InterruptedException {
        Console console = console();
        String who = email;
        if (who == null && console != null) {
            who = console.readLine("E-mail at %s (empty: enter a key): ", server);
        }
        if (who == null || who.isBlank()) {
            return Login.key(secret(console, "Key (from Settings > API Keys): "));
        }
        return freshKey(server, who.strip(), secret(console, "Password: "));
    }

    private static @Nullable Console console() throws ClientException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return console;
        }
        if (Terminal.isInput()) {
            throw ClientException.of("On a terminal it asks, but what it prints goes elsewhere. Don't redirect it.");
        }
        return null;
    }

    private static String secret(@Nullable Console console, String question) throws ClientException {
        try {
            String typed = console == null
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine()
                    : hidden(console, question);
            if (typed != null && !typed.isEmpty()) {
                return typed;
            }
        } catch (IOException e) {
            throw ClientException.of("Cannot read standard input: " + e);
        }
        throw ClientException.of("No key or password was given. What can be: sesame help login");
    }

    private static @Nullable String hidden(Console console, String question) {
        char[] typed = console.readPassword("%s", question);
        return typed == null ? null : new String(typed);
    }

    private static String freshKey(URI server, String email, String password)
            throws ClientException, InterruptedException {
        Connection session =
                Connection.withSession(server, "/api/auth/sign-in/email", Map.of("email", email, "password", password));
        try {
            return session.post("/api/auth/api-key/create", Map.of("name", "sesame login" + hostname()))
                    .path("key")
                    .asText("");
        } finally {
            session.post("/api/auth/sign-out");
        }
    }

    private static String hostname() {
        try {
            return " on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static JsonNode user(Login login) throws ClientException, InterruptedException {
        JsonNode user = Connection.withKey(login.url(), login.key(), note -> {})
                .get("/api/auth/get-session")
                .path("user");
        if (user.isMissingNode()) {
            throw ClientException.of("What answers at " + login.url() + " knows no user for this key. Is it Sesame?");
        }
        return user;
    }

    private void note(String text) {
        CommandLine it = spec.commandLine();
        it.getErr().println(Printable.of(text));
        it.getErr().flush();
    }

    private void say(String text) {
        CommandLine it = spec.commandLine();
        it.getOut().println(Printable.of(text));
        it.getOut().flush();
    }
}
