package dev.sesame.setting;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the process needs before it has a database; read from the environment once, at the start.
///
/// @param port to listen on; 0 lets the system choose
/// @param host address to listen on
/// @param baseUrl where browsers find the server, without a slash at the end; its path is the sub-path we serve under
/// @param dataDirectory absolute
/// @param databaseUrl of PostgreSQL; null means the embedded database
/// @param encryptionKey 64 hex digits; null means the key kept in the data directory, see [EncryptionKeys]
/// @param previousEncryptionKey the one before, while a rotation lasts; null: none
public record ServerConfig(
        int port,
        String host,
        URI baseUrl,
        Path dataDirectory,
        @Nullable String databaseUrl,
        @Nullable String encryptionKey,
        @Nullable String previousEncryptionKey) {

    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern DATABASE = Pattern.compile("(jdbc:)?postgres(ql)?://.+");

    /// @throws BadConfigurationException naming the variable
    public static ServerConfig from(Map<String, String> environment) {
        int port = port(environment.getOrDefault("PORT", "13531"));
        String databaseUrl = environment.get("DATABASE_URL");
        // The message must not repeat the value, it may hold a password.
        check(
                databaseUrl == null || DATABASE.matcher(databaseUrl).matches(),
                "DATABASE_URL: expected postgresql://user:password@host:port/database, or unset for the embedded database");
        String key = environment.get("ENCRYPTION_KEY");
        String previous = environment.get("ENCRYPTION_KEY_PREVIOUS");
        check(key == null || KEY.matcher(key).matches(), "ENCRYPTION_KEY: expected 64 hex digits (32 bytes)");
        check(
                previous == null || KEY.matcher(previous).matches(),
                "ENCRYPTION_KEY_PREVIOUS: expected 64 hex digits (32 bytes)");
        check(previous == null || key != null, "ENCRYPTION_KEY_PREVIOUS: only has a meaning beside ENCRYPTION_KEY");
        check(
                databaseUrl == null || key != null,
                "ENCRYPTION_KEY: must be set when DATABASE_URL is, for instance to the output of: openssl rand -hex 32");
        return new ServerConfig(
                port,
                host(environment.getOrDefault("HOST", "127.0.0.1")),
                baseUrl(environment.getOrDefault("BASE_URL", "http://localhost:" + port)),
                dataDirectory(environment.getOrDefault("DATA_DIR", "data")),
                databaseUrl,
                key,
                previous);
    }

    /// Where the agents' programs are installed.
    public Path agents() {
        return dataDirectory.resolve("agents");
    }

    /// Whether only this machine can reach the server.
    public boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// The path of [#baseUrl]: empty, or with a slash at the beginning and none at the end.
    public String subPath() {
        return baseUrl.getRawPath();
    }

    /// Whether browsers reach us over https, so that cookies must be Secure.
    public boolean https() {
        return "https".equals(baseUrl.getScheme());
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new BadConfigurationException("PORT: expected a number from 0 to 65535, not \"" + text + "\"");
    }

    private static String host(String text) {
        check(!text.isBlank() && !text.contains("/"), "HOST: expected an address like 127.0.0.1 or 0.0.0.0");
        return text;
    }

    private static URI baseUrl(String text) {
        try {
            return URI.create(SettingType.WEB_ADDRESS.parse().apply(text));
        } catch (IllegalArgumentException e) {
            throw new BadConfigurationException(
                    "BASE_URL: expected a web address like https://sesame.example.com, not \"" + text + "\"");
        }
    }

    private static Path dataDirectory(String text) {
        try {
            check(!text.isBlank(), "DATA_DIR: expected a directory");
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BadConfigurationException("DATA_DIR: expected a directory, not \"" + text + "\"");
        }
    }

    private static void check(boolean fits, String message) {
        if (!fits) {
            throw new BadConfigurationException(message);
        }
    }
}
