package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// JSON with one member missing or of an odd kind.
final class Spoiled {
    private static final List<JsonNode> ODD = List.of(
            Json.object(),
            Json.object().arrayNode().add(Json.object()),
            Json.object().nullNode(),
            Json.object().numberNode(-7),
            Json.object().textNode("odd"));

    private Spoiled() {}

    static JsonNode of(JsonNode json, Random random) {
        JsonNode spoiled = json.deepCopy();
        List<JsonNode> containers = new ArrayList<>(List.of(spoiled));
        for (int i = 0; i < containers.size(); i++) {
            containers.get(i).forEach(child -> {
                if (child.isContainerNode() && !child.isEmpty()) {
                    containers.add(child);
                }
            });
        }
        JsonNode odd = ODD.get(random.nextInt(ODD.size()));
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, odd);
            }
        } else if (container instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), odd);
        }
        return spoiled;
    }
}
