package dev.sesame.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The OpenAPI document: the files of the resource directory `openapi`, one per feature, put together, and what holds
/// for every operation added by [OperationRules]. Tests hold it to the endpoints and to their answers, both ways.
public final class ApiDocument {
    private static final List<String> PARTS = List.of(
            "api", "tasks", "events", "terminal", "credentials", "github", "settings", "auth", "admin", "server");

    /// Keeps nulls, which [Json] leaves out: an example may have one.
    private static final ObjectMapper PLAIN = new ObjectMapper();

    private ApiDocument() {}

    /// Reads and joins the files anew; the caller keeps the result.
    public static ObjectNode read() {
        ObjectNode document = part(PARTS.getFirst());
        for (String name : PARTS.subList(1, PARTS.size())) {
            merge(document, part(name));
        }
        new OperationRules(document).apply();
        return document;
    }

    private static ObjectNode part(String name) {
        String path = "/openapi/" + name + ".yaml";
        try (InputStream file = ApiDocument.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks " + path);
            }
            Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return PLAIN.valueToTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void merge(ObjectNode into, ObjectNode part) {
        part.properties().forEach(member -> {
            if (into.get(member.getKey()) instanceof ObjectNode known && member.getValue() instanceof ObjectNode more) {
                merge(known, more);
            } else if (into.has(member.getKey())) {
                throw new IllegalStateException(member.getKey() + " is described twice");
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }
}
