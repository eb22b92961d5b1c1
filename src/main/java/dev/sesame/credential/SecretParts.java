package dev.sesame.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.http.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which texts must never be shown of a stored secret: itself, or where it is a JSON document, those values in it
/// whose names say that they are secret.
final class SecretParts {
    private static final Pattern TELLING = Pattern.compile("token|key|secret|access|refresh|password");
    private static final Pattern HARMLESS = Pattern.compile("token_type|expires.*|expiry.*|.*_at");

    private SecretParts() {}

    static Set<String> of(String secret) {
        Set<String> parts = new LinkedHashSet<>();
        if (secret.startsWith("{")) {
            try {
                collect("", Json.MAPPER.readTree(secret), parts);
                return parts;
            } catch (JsonProcessingException e) {
                // No document then.
            }
        }
        parts.add(secret);
        return parts;
    }

    /// All values of a JSON object of texts, and their words: a program may be given `Bearer TOKEN` and say
    /// the token.
    static Set<String> values(String secret) {
        Set<String> parts = new LinkedHashSet<>();
        try {
            Json.MAPPER.readTree(secret).forEach(value -> {
                parts.add(value.asText());
                parts.addAll(List.of(value.asText().split("\\s+")));
            });
        } catch (JsonProcessingException e) {
            parts.add(secret);
        }
        return parts;
    }

    private static void collect(String name, JsonNode value, Set<String> parts) {
        if (value.isTextual() && telling(name)) {
            parts.add(value.textValue());
        } else if (value.isObject()) {
            value.properties().forEach(member -> collect(member.getKey(), member.getValue(), parts));
        } else if (value.isArray()) {
            value.forEach(element -> collect(name, element, parts));
        }
    }

    private static boolean telling(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TELLING.matcher(lower).find() && !HARMLESS.matcher(lower).matches();
    }
}
