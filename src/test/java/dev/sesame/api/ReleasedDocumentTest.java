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
    void kindsOfEventsThatAreGoneAreFound() {
        assertThat(change("/components/schemas/UniversalEvent/oneOf", kinds -> ((ArrayNode) kinds).remove(8)))
                .containsExactlyInAnyOrder(
                        "GET /api/tasks/{taskId}/stream: event event<log> is gone",
                        "GET /api/tasks/{taskId}/events: answer 200.events[]<log> is gone");
        assertThat(change(
                        "/paths/~1api~1tasks~1{taskId}~1terminal~1stream/get/responses/200/content/text~1event-stream"
                                + "/x-events",
                        events -> ((ObjectNode) events).remove("output")))
                .containsExactly("GET /api/tasks/{taskId}/terminal/stream: event output is gone");
        assertThat(change("/components/schemas/Session/properties", fields -> ((ObjectNode) fields).remove("userId")))
                .contains("GET /api/auth/get-session: answer 200<object>.session.userId is gone");
    }

    @Test
    void whatMustBeSentNowIsFound() {
        assertThat(change("/components/parameters/Limit", limit -> ((ObjectNode) limit).put("required", true)))
                .contains("GET /api/tasks: parameter limit must be sent now");
        assertThat(change("/components/parameters/Limit", limit -> ((ObjectNode) limit).put("in", "header")))
                .contains("GET /api/tasks: parameter limit is in header, was in query");
        JsonNode optional =
                changed("/paths/~1api~1tasks/post/requestBody", body -> ((ObjectNode) body).put("required", false));
        assertThat(Breakage.between(optional, Operation.DOCUMENT))
                .containsExactly("POST /api/tasks: body must be sent now");
        assertThat(Breakage.between(Operation.DOCUMENT, optional)).isEmpty();
    }

    @Test
    void anotherRightThatIsNeededIsFound() {
        assertThat(change("/paths/~1api~1tasks/get", list -> ((ObjectNode) list).put("x-access", "admin:read")))
                .containsExactly("GET /api/tasks is for admin:read, was for tasks:read");
    }

    @Test
    void whatIsTakenMoreNarrowlyIsFound() {
        assertThat(field("model", it -> it.putArray("enum").add("a")))
                .containsExactly("POST /api/tasks: body.model takes only certain values now");
        assertThat(field("repository", it -> it.put("maxLength", 100)))
                .containsExactly("POST /api/tasks: body.repository: maxLength is 100, was 200");
        assertThat(field("repository", it -> it.put("minLength", 2)))
                .containsExactly("POST /api/tasks: body.repository: minLength is 2, was 1");
        assertThat(field("maxDurationMinutes", it -> it.put("minimum", 5)))
                .containsExactly("POST /api/tasks: body.maxDurationMinutes: minimum is 5, was 1");
        assertThat(field("maxDurationMinutes", it -> it.put("maximum", 60)))
                .containsExactly("POST /api/tasks: body.maxDurationMinutes: maximum is 60, was 43200");
        assertThat(field("model", it -> it.put("pattern", "[a-z]+")))
                .containsExactly("POST /api/tasks: body.model: pattern is \"[a-z]+\", was none");
        assertThat(field("mcpServers", it -> it.put("maxItems", 3)))
                .containsExactly("POST /api/tasks: body.mcpServers: maxItems is 3, was 50");
        assertThat(field("mcpServers", it -> it.withObject("/items").put("type", "integer")))
                .containsExactly("POST /api/tasks: body.mcpServers[] is integer, was string");
        assertThat(field("mcpServers", it -> it.withObject("/items").put("maxLength", 9)))
                .containsExactly("POST /api/tasks: body.mcpServers[]: maxLength is 9, was 200");
        assertThat(change(
                        "/components/schemas/SettingValues",
                        values -> ((ObjectNode) values).put("additionalProperties", false)))
                .containsExactly("PATCH /api/settings: body takes no further fields any more");
        assertThat(change(
                        "/components/schemas/SettingValues/additionalProperties",
                        values -> ((ObjectNode) values).put("type", "string")))
                .contains("PATCH /api/settings: body.* is string, was array or boolean or null or number or string");
        assertThat(change(
                        "/components/schemas/NewKey/properties/permissions/oneOf",
                        them -> ((ArrayNode) them).remove(1)))
                .containsExactly("POST /api/auth/api-key/create: body.permissions does not take <null> any more");
    }

    @Test
    void whatIsOnlyAddedBreaksNothing() {
        assertThat(field("repository", it -> it.put("maxLength", 300))).isEmpty();
        assertThat(field("repository", it -> it.remove("minLength"))).isEmpty();
        assertThat(field("permissionMode", it -> it.remove("enum"))).isEmpty();
        assertThat(change(
                        "/components/schemas/UniversalEvent/oneOf",
                        kinds -> ((ArrayNode) kinds)
                                .addObject()
                                .withObject("/properties/kind")
                                .put("const", "new")))
                .isEmpty();
        assertThat(change("/components/schemas/Task/properties", fields -> ((ObjectNode) fields).putObject("new")))
                .isEmpty();
        assertThat(change("/components/schemas/NewTask/properties", fields -> ((ObjectNode) fields).putObject("new")))
                .isEmpty();
    }

    private interface Change {
        void apply(JsonNode place);
    }

    private interface FieldChange {
        void apply(ObjectNode field);
    }

    /// A change of a field of new tasks.
    private static List<String> field(String name, FieldChange change) {
        return change("/components/schemas/NewTask/properties/" + name, field -> change.apply((ObjectNode) field));
    }

    private static List<String> change(String pointer, Change change) {
        return Breakage.between(Operation.DOCUMENT, changed(pointer, change));
    }

    private static JsonNode changed(String pointer, Change change) {
        JsonNode changed = Operation.DOCUMENT.deepCopy();
        change.apply(changed.at(pointer));
        return changed;
    }
}
