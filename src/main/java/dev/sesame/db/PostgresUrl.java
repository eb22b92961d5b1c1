package dev.sesame.db;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a PostgreSQL is and how to get in. Its text form is JDBC's, without anything secret.
///
/// @param properties of the JDBC driver, `user` and `password` among them
record PostgresUrl(String jdbcUrl, Map<String, String> properties) {
    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^@/?]*)(?:/(?<name>[^?]*))?(?:\\?(?<query>.*))?");
    /// What libpq calls differently from the JDBC driver.
    private static final Map<String, String> LIBPQ = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding");

    static PostgresUrl parse(String url) {
        Matcher parts = FORM.matcher(url);
        if (!parts.matches()) {
            // The URL itself may hold a password and is not repeated.
            throw new IllegalArgumentException(
                    "DATABASE_URL must be of the form postgresql://user:password@host:port/database");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ApplicationName", "sesame");
        put(properties, "user", parts.group("user"));
        put(properties, "password", parts.group("password"));
        String query = parts.group("query");
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    String name = pair.substring(0, equals);
                    put(properties, LIBPQ.getOrDefault(name, name), pair.substring(equals + 1));
                }
            }
        }
        String name = parts.group("name");
        String hosts = parts.group("hosts");
        return new PostgresUrl(
                "jdbc:postgresql://" + (hosts.isEmpty() ? "localhost" : hosts) + "/" + (name == null ? "" : name),
                Map.copyOf(properties));
    }

    private static void put(
            Map<String, String> properties, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            // In a URL's authority a plus sign is one.
            properties.put(name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return jdbcUrl;
    }
}
