package dev.sesame.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which server the command line speaks to, and the key it has there.
///
/// `SESAME_API_KEY` and `SESAME_URL` of the environment go before what `sesame login` kept, as a pair: a key is never
/// sent to a server that it was not given for.
///
/// @param url without a slash at its end
/// @param key one of the server's `sk_` keys
record Login(URI url, String key) {
    static final String USUAL = "http://localhost:13531";

    @Override
    public String toString() {
        return "Login[" + url + "]";
    }

    /// @throws ClientException where nobody is signed in, or to another server than `SESAME_URL` names
    static Login find(Map<String, String> environment) throws ClientException {
        String url = environment.getOrDefault("SESAME_URL", "");
        String key = environment.getOrDefault("SESAME_API_KEY", "");
        if (!key.isEmpty()) {
            return new Login(address(url.isEmpty() ? USUAL : url), key(key));
        }
        Login kept = kept(file(environment));
        if (kept == null) {
            throw ClientException.of("Nobody is signed in. Run sesame login, or set SESAME_API_KEY to a key from"
                    + " Settings > API Keys (and SESAME_URL, if the server is not at " + USUAL + ").");
        }
        if (!url.isEmpty() && !address(url).equals(kept.url)) {
            throw ClientException.of("SESAME_URL is " + url + ", but who is signed in is so at " + kept.url
                    + ". Run sesame login " + url + ", or set SESAME_API_KEY.");
        }
        return kept;
    }

    /// @param text as people write it; without a scheme it is `https`, and `http` on this host
    /// @throws ClientException naming what is wrong with it
    static URI address(String text) throws ClientException {
        String wanted = text.strip().replaceFirst("(?<=[^/:])/+$", "");
        try {
            URI url = new URI(wanted.contains("://") ? wanted : "http://" + wanted);
            if (!wanted.contains("://") && !isHere(url)) {
                url = new URI("https://" + wanted);
            }
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
            if (web && url.getHost() != null && url.getPort() <= 65_535 && bare) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw ClientException.of("Not the address of a server: " + text + ". Expected one like " + USUAL + ".");
    }

    /// @param key as somebody gave it; never told again
    static String key(String key) throws ClientException {
        String stripped = key.strip();
        if (!stripped.matches("sk_[A-Za-z0-9_-]+")) {
            throw ClientException.of("That is no key: one begins with sk_ and has letters and digits after it. It is"
                    + " what SESAME_API_KEY, the login or standard input gave.");
        }
        return stripped;
    }

    private static boolean isHere(URI url) {
        String host = String.valueOf(url.getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /// Whether others on the way could read the key.
    static boolean isOpenToReaders(URI url) {
        return url.getScheme().equals("http") && !isHere(url);
    }

    static Path file(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        Path usual =
                Path.of(home.isEmpty() ? System.getProperty("user.home") : home).resolve(".config");
        return (config.startsWith("/") ? Path.of(config) : usual).resolve("sesame/login.json");
    }

    private static @Nullable Login kept(Path file) throws ClientException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode login = Connection.JSON.readTree(Files.readString(file));
            String key = login.path("key").asText("");
            if (!key.isEmpty()) {
                return new Login(address(login.path("url").asText("")), key(key));
            }
        } catch (JsonProcessingException e) {
            // Said below.
        } catch (IOException e) {
            throw ClientException.of("Cannot read " + file + ": " + e);
        }
        throw ClientException.of(file + " is no login. Run sesame login anew.");
    }

    /// Whole at once, and readable by its owner alone from its first byte.
    void keep(Path file) throws ClientException {
        String json = Connection.JSON
                .createObjectNode()
                .put("url", url.toString())
                .put("key", key)
                .toPrettyString();
        try {
            Files.createDirectories(file.getParent(), permissions("rwx------"));
            Path fresh = Files.createTempFile(file.getParent(), "login", ".new", permissions("rw-------"));
            try {
                Files.writeString(fresh, json + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw ClientException.of("Cannot write " + file + ": " + e);
        }
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
