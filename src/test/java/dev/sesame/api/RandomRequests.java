package dev.sesame.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes requests to the operations of the document: some as they should be, most with something wrong. The same seed
/// makes the same requests.
final class RandomRequests {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "",
            "application/json; charset=utf-16",
            "multipart/form-data",
            "json",
            "*/*");
    private static final List<String> ACCEPTS =
            List.of("application/json", "*/*", "text/html", "text/event-stream", "garbage", "a/b;q=x", "");
    private static final List<String> ORIGINS = List.of("null", "https://evil.example", "http://localhost", "x:", "");

    /// These end the caller's session, and with it most of what could be tried.
    private static final Set<String> ENDING = Set.of("signOut", "revokeSessions", "changePassword");

    private final Random random;
    private final List<Operation> operations;
    private final RandomValues values;
    private final Map<String, List<String>> things;

    /// @param operations what is asked for
    /// @param things known values of parameters and fields by name
    RandomRequests(long seed, List<Operation> operations, Map<String, List<String>> things) {
        this.random = new Random(seed);
        this.operations = operations;
        this.values = new RandomValues(random, things);
        this.things = things;
    }

    /// @param target path and query, encoded
    /// @param body null for none
    /// @param fits whether the body is what the document asks for
    record Request(
            Operation operation,
            String method,
            String target,
            Map<String, String> headers,
            byte @Nullable [] body,
            boolean fits) {
        @Override
        public String toString() {
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return method + " " + target + " " + headers + " "
                    + (text.length() > 300 ? text.substring(0, 300) + "… (" + text.length() + " characters)" : text);
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Request next() {
        Operation operation = pick(operations);
        while (ENDING.contains(operation.json().path("operationId").asText()) && !chance(5)) {
            operation = pick(operations);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String target = target(operation, headers);
        JsonNode schema = operation.json().at("/requestBody/content/application~1json/schema");
        byte[] body = null;
        boolean fits = true;
        if (!schema.isMissingNode() && !chance(3)) {
            JsonNode value = values.value(schema, chance(60));
            String text = value.toString();
            String sent = chance(15) ? broken(text) : text;
            // To break what does not fit can make it fit, for instance a value that was too short.
            fits = fits(schema, value) || (!sent.equals(text) && fits(schema, sent));
            body = sent.getBytes(StandardCharsets.UTF_8);
            headers.put("Content-Type", chance(5) ? pick(CONTENT_TYPES) : "application/json");
        } else if (schema.isMissingNode() && chance(5)) {
            body = values.hostile().getBytes(StandardCharsets.UTF_8);
        }
        if (chance(10)) {
            headers.put("Accept", pick(ACCEPTS));
        }
        if (chance(3)) {
            headers.put("Origin", pick(ORIGINS));
        }
        headers.values().removeIf(String::isEmpty);
        return new Request(operation, operation.method(), target, headers, body, fits);
    }

    private static boolean fits(JsonNode schema, JsonNode value) {
        return Shapes.requestFaults(schema, value).isEmpty();
    }

    private static boolean fits(JsonNode schema, String text) {
        try {
            return fits(schema, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private String target(Operation operation, Map<String, String> headers) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            String value = parameter(name, parameter.path("schema"));
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value.isEmpty() ? "-" : value));
                case "query" -> {
                    if (chance(60)) {
                        query.add(name + "=" + encoded(value));
                    }
                }
                default -> {
                    if (chance(40)) {
                        headers.put(
                                name, value.replaceAll("[^\\x20-\\x7e]", "?").strip());
                    }
                }
            }
        }
        if (chance(5)) {
            query.add(encoded(values.hostile()) + "=" + encoded(values.hostile()));
        }
        if (chance(3) && !query.isEmpty()) {
            query.add(query.getFirst());
        }
        return path + (query.isEmpty() ? "" : "?" + query.stream().collect(Collectors.joining("&")));
    }

    private String parameter(String name, JsonNode schema) {
        if (things.containsKey(name) && chance(70)) {
            return pick(things.getOrDefault(name, List.of()));
        }
        return chance(50) ? values.value(schema, true).asText() : values.hostile();
    }

    private String encoded(String value) {
        // A lone surrogate has no UTF-8 form; the encoder makes it a question mark.
        String cut = value.length() > 2000 ? value.substring(0, 2000) : value;
        String encoded = URLEncoder.encode(cut, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    private String broken(String json) {
        int cut = random.nextInt(json.length() + 1);
        return switch (random.nextInt(7)) {
            case 0 -> json.substring(0, cut);
            case 1 -> json.substring(0, cut) + values.hostile() + json.substring(cut);
            case 2 -> json + json;
            case 3 -> "[".repeat(5_000) + json;
            case 4 -> json.replace("{", "{\"x\":1,\"x\":2,");
            case 5 -> "";
            default -> "\uFEFF" + json.replace('"', '\'');
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
