package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client that was written for the last release still works. A release copies `target/openapi.json`, which this test
/// writes, to `docs/openapi-released.json`.
class ReleasedDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RELEASED = Path.of("docs/openapi-released.json");
    private static final Path FRESH = Path.of("target/openapi.json");

    @Test
    void nothingThatWasReleasedIsBroken() throws IOException {
        Files.createDirectories(FRESH.getParent());
        Files.writeString(FRESH, Operation.DOCUMENT.toPrettyString() + "\n");

        assertThat(Breakage.between(JSON.readTree(RELEASED.toFile()), Operation.DOCUMENT))
                .as("Clients of the last release would fail")
                .isEmpty();
    }

    @Test
    void whatBreaksAClientIsFound() {
        assertThat(change("/paths", paths -> ((ObjectNode) paths).remove("/api/tasks")))
                .contains("GET /api/tasks is gone", "POST /api/tasks is gone");
        assertThat(change("/components/schemas/NewTask/properties", fields -> ((ObjectNode) fields).remove("model")))
                .contains("POST /api/tasks: body.model cannot be sent any more");
        assertThat(change("/components/schemas/NewTask", body -> ((ArrayNode) body.get("required")).add("agent")))
                .contains("POST /api/tasks: body.agent must be sent now");
        assertThat(change("/components/schemas/TaskList/properties", fields -> ((ObjectNode) fields).remove("total")))
                .contains("GET /api/tasks: answer 200.total is gone");
        assertThat(change(
                        "/components/schemas/TaskList/properties/total",
                        total -> ((ObjectNode) total).put("type", "string")))
                .contains("GET /api/tasks: answer 200.total is string, was integer");
        assertThat(change("/components/schemas/TaskStatus/enum", states -> ((ArrayNode) states).remove(0)))
                .contains("GET /api/tasks: parameter status does not take \"pending\" any more");
        assertThat(change("/components/schemas/LogEvent/properties", fields -> ((ObjectNode) fields).remove("logType")))
                .contains("GET /api/tasks/{taskId}/stream: event event<log>.logType is gone");
    }

    @Test
    void whatIsOnlyAddedBreaksNothing() {
        assertThat(change("/components/schemas/Task/properties", fields -> ((ObjectNode) fields).putObject("new")))
                .isEmpty();
        assertThat(change("/components/schemas/NewTask/properties", fields -> ((ObjectNode) fields).putObject("new")))
                .isEmpty();
    }

    private interface Change {
        void apply(JsonNode place);
    }

    private static List<String> change(String pointer, Change change) {
        JsonNode changed = Operation.DOCUMENT.deepCopy();
        change.apply(changed.at(pointer));
        return Breakage.between(Operation.DOCUMENT, changed);
    }
}
