package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Random JSON for a schema, right or with something wrong somewhere.
final class RandomValues {
    /// Known names of fields where the document lets them be free.
    static final String FREE_NAME = "(name)";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u0000",
            "a\r\nSet-Cookie: x=y",
            "../../etc/passwd",
            "%2e%2e%2f",
            "'; DROP TABLE users; --",
            "\" OR 1=1 --",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "$(touch x)",
            "--upload-pack=x",
            "\uD800",
            "\uDC00\uD800",
            "\u202Eabc",
            "e\u0301".repeat(40),
            "🦊".repeat(60),
            "null",
            "NaN",
            "-1",
            "0",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "1e309",
            "٣",
            "true",
            "[]",
            "sk_x",
            "a".repeat(9_000),
            "\u007f\u001b[31m",
            "%",
            "task_x",
            "/",
            "\\",
            "?a=b#c");

    private final Random random;
    private final Map<String, List<String>> things;

    RandomValues(Random random, Map<String, List<String>> things) {
        this.random = random;
        this.things = things;
    }

    String hostile() {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    /// @param right false: something in it is wrong, probably
    JsonNode value(JsonNode schema, boolean right) {
        JsonNode known = Operation.resolved(schema);
        if (!right && random.nextInt(3) == 0) {
            return anything(3);
        }
        if (known.has("oneOf")) {
            return value(
                    known.path("oneOf").get(random.nextInt(known.path("oneOf").size())), right);
        }
        if (known.has("enum")) {
            return known.path("enum").get(random.nextInt(known.path("enum").size()));
        }
        JsonNode type = known.path("type");
        String name = type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
        return switch (name) {
            case "object" -> object(known, right);
            case "array" -> array(known.path("items"), right);
            case "string" -> JSON.textNode(text(known, right));
            case "integer" -> integer(known, right);
            case "number" ->
                random.nextBoolean() ? JSON.numberNode(random.nextInt(2_000)) : JSON.numberNode(random.nextGaussian());
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> anything(3);
        };
    }

    private ObjectNode object(JsonNode schema, boolean right) {
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(field -> required.add(field.asText()));
        schema.path("properties").properties().forEach(field -> {
            boolean there =
                    required.contains(field.getKey()) ? right || random.nextInt(10) > 0 : random.nextInt(3) == 0;
            if (there) {
                object.set(field.getKey(), named(field.getKey(), field.getValue(), right));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            List<String> names = things.getOrDefault(FREE_NAME, HOSTILE);
            for (int i = random.nextInt(3); i > 0; i--) {
                String name = names.get(random.nextInt(names.size()));
                object.set(name, value(schema.path("additionalProperties"), right));
            }
        }
        if (!right && random.nextInt(5) == 0) {
            object.set(hostile(), anything(2));
        }
        return object;
    }

    private JsonNode named(String name, JsonNode schema, boolean right) {
        List<String> known = things.get(name);
        return known != null && random.nextInt(10) < 8
                ? JSON.textNode(known.get(random.nextInt(known.size())))
                : value(schema, right);
    }

    private ArrayNode array(JsonNode items, boolean right) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(items, right));
        }
        return array;
    }

    private String text(JsonNode schema, boolean right) {
        if (!right) {
            return hostile();
        }
        if (schema.path("format").asText().equals("email")) {
            return "a" + random.nextInt(1_000_000) + "@example.com";
        }
        int shortest = schema.path("minLength").asInt(0);
        int longest = Math.min(schema.path("maxLength").asInt(40), 40);
        int length = shortest + random.nextInt(Math.max(1, longest - shortest + 1));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('!' + random.nextInt('~' - '!')));
        }
        return text.toString();
    }

    private JsonNode integer(JsonNode schema, boolean right) {
        long least = schema.path("minimum").asLong(-10);
        long most = schema.path("maximum").asLong(1_000);
        return right
                ? JSON.numberNode(least + random.nextLong(Math.max(1, most - least)))
                : JSON.numberNode(random.nextBoolean() ? least - 1 : most + 1);
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt());
            case 3 -> JSON.numberNode(new BigInteger("123456789012345678901234567890"));
            case 4 -> JSON.numberNode(new BigDecimal("1e400"));
            case 5 -> JSON.numberNode(0.5);
            case 6, 7 -> JSON.textNode(hostile());
            case 8 -> JSON.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default -> JSON.objectNode().set(hostile(), anything(depth - 1));
        };
    }
}
