package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.api.Reference.Block;
import dev.sesame.setting.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every example of the API reference, read out of its text and held to a running server: requests are sent as
/// they are written there, answers and frames must be as they are shown.
@Timeout(300)
class ReferenceExamplesIT {
    private static final List<Block> REFERENCE = Reference.read();
    private static final String LOCAL = "http://localhost:13531/api";
    private static final Pattern CURL =
            Pattern.compile("curl -H \"([\\w-]+): ([^\"]*)\" \\\\\\s+" + LOCAL.replace(".", "\\.") + "(/\\S+)");

    /// The examples of answers, with the names of their members that are data of the moment.
    private static final Map<String, Set<String>> RESPONSES = Map.of(
            "GET /api/health", Set.of(),
            "GET /api/tasks", Set.of("title", "total"),
            "POST /api/tasks", Set.of(),
            "GET /api/tasks/:taskId", Set.of("title", "content"),
            "GET /api/repos", Set.of("id"),
            "GET /api/github/pat", Set.of(),
            "GET /api/api-keys", Set.of(),
            "GET /api/settings", Set.of(),
            "GET /api/setup/status", Set.of());

    /// The examples of bodies, each with where its effect shows, and what of it.
    private static final Map<String, List<String>> REQUESTS = Map.of(
            "POST /api/tasks", List.of("GET /api/tasks/:taskId", "", "prompt", "repository", "agent"),
            "POST /api/github/pat", List.of("GET /api/github/pat", ""),
            "POST /api/api-keys", List.of("GET /api/api-keys", "/keys", "provider"),
            "POST /api/agent-credentials", List.of("GET /api/agent-credentials", "/credentials", "agent"),
            "PATCH /api/settings", List.of("PATCH /api/settings", "/settings", "ai.model"));

    @TempDir
    private static Path directory;

    private static ReferenceStory story;

    @BeforeAll
    static void play() throws IOException {
        story = new ReferenceStory(directory, REFERENCE);
        story.play();
    }

    @AfterAll
    static void stop() {
        story.close();
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsTrue() {
        Map<String, Consumer<Block>> checks = checks();
        return REFERENCE.stream()
                .map(block -> dynamicTest(
                        block.name(),
                        () -> Objects.requireNonNull(checks.get(block.name()), "nothing tries it: " + block)
                                .accept(block)));
    }

    @Test
    void everyCheckHasItsExample() {
        assertThat(REFERENCE).extracting(Block::name).containsExactlyInAnyOrderElementsOf(checks().keySet());
    }

    @Test
    void anExampleThatNothingTriesShows() {
        String more = """

                GET /api/tasks/:taskId/forgotten

                Response:

                {"id": 1}

                POST /api/tasks/:taskId/announced

                Request Body:

                DELETE /api/tasks/:taskId/otherwise

                <task id="1"/>

                wget http://localhost:13531/api/tasks

                NameMeaning
                somethingA row of a table with other columns

                [1, 2]
                """;
        Set<String> tried = checks().keySet();
        assertThat(Reference.read(more).stream().map(Block::name).filter(name -> !tried.contains(name)))
                .containsExactly(
                        "GET /api/tasks/:taskId/forgotten: call",
                        "GET /api/tasks/:taskId/forgotten: response",
                        "POST /api/tasks/:taskId/announced: call",
                        "POST /api/tasks/:taskId/announced: unknown",
                        "DELETE /api/tasks/:taskId/otherwise: call",
                        "DELETE /api/tasks/:taskId/otherwise: unknown",
                        "DELETE /api/tasks/:taskId/otherwise: unknown 2",
                        "DELETE /api/tasks/:taskId/otherwise: unknown 3",
                        "DELETE /api/tasks/:taskId/otherwise: unknown 4");
    }

    @Test
    void whatDiffersFromAnExampleShows() {
        JsonNode example = ReferenceStory.json("{\"id\":\"task_abc123\",\"n\":1,\"at\":[{\"a\":true,\"b\":null}]}");
        for (String other : List.of(
                "{\"id\":\"abc123\",\"n\":1,\"at\":[{\"a\":true,\"b\":null}]}",
                "{\"id\":\"task_1\",\"n\":\"1\",\"at\":[{\"a\":true,\"b\":null}]}",
                "{\"id\":\"task_1\",\"n\":2,\"at\":[{\"a\":true,\"b\":null}]}",
                "{\"id\":\"task_1\",\"n\":1,\"at\":[{\"a\":true},{\"a\":false,\"b\":null}]}",
                "{\"id\":\"task_1\",\"n\":1}")) {
            assertThat(new Likeness(Set.of()).differences(example, ReferenceStory.json(other)))
                    .as(other)
                    .hasSize(1);
        }
        JsonNode like = ReferenceStory.json("{\"id\":\"task_1\",\"n\":2,\"at\":[{},{\"a\":true,\"b\":null}],\"c\":3}");
        assertThat(new Likeness(Set.of("n")).differences(example, like)).isEmpty();
    }

    /// By the name of the block that it is for.
    private static Map<String, Consumer<Block>> checks() {
        Map<String, Consumer<Block>> all = new LinkedHashMap<>();
        story.answers().forEach((endpoint, answer) -> all.put(endpoint + ": call", _ -> isDescribed(endpoint, answer)));
        RESPONSES.forEach((endpoint, data) ->
                all.put(endpoint + ": response", block -> isLike(block, story.answer(endpoint), data)));
        REQUESTS.forEach((endpoint, effect) -> all.put(
                endpoint + ": request", block -> wasTaken(endpoint, ReferenceStory.json(block.text()), effect)));
        all.put("Base URL: address", ReferenceExamplesIT::isTheUsualAddress);
        all.put("Base URL: address 2", ReferenceExamplesIT::answersUnderThatName);
        all.put("Authentication: curl", ReferenceExamplesIT::aKeyIsTaken);
        all.put("Authentication: curl 2", ReferenceExamplesIT::aKeyIsTaken);
        all.put("Error Responses: document", ReferenceExamplesIT::isTheErrorOfAnUnknownTask);
        all.put("WebSocket / SSE: mention", ReferenceExamplesIT::isAStream);
        all.put("WebSocket / SSE: mention 2", ReferenceExamplesIT::isAStream);
        var tables = new ReferenceTables(story);
        all.put("GET /api/tasks: parameters", tables::parameters);
        all.put(ReferenceFrames.STREAM + ": headers", tables::headers);
        all.put(ReferenceFrames.STREAM + ": kinds", tables::kinds);
        all.put("Error Responses: fields", tables::fields);
        all.put("Error Responses: errors", tables::errors);
        var frames = new ReferenceFrames(story.answer(ReferenceFrames.STREAM).body());
        all.put(ReferenceFrames.STREAM + ": frame", frames::check);
        for (int i = 2; i <= 6; i++) {
            all.put(ReferenceFrames.STREAM + ": frame " + i, frames::check);
        }
        return all;
    }

    @Test
    void theEventsOfAStreamAreNumberedWithoutAGap() {
        new ReferenceFrames(story.answer(ReferenceFrames.STREAM).body()).checkNumbers();
    }

    /// Answered with the first status of success that the OpenAPI document has for it, in the shape that it has
    /// there.
    private static void isDescribed(String endpoint, Answer answer) {
        JsonNode responses = operation(endpoint).json().path("responses");
        String status = responses.properties().stream()
                .map(Map.Entry::getKey)
                .filter(it -> it.startsWith("2"))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(answer.status()).as("%s: %s", endpoint, answer).isEqualTo(Integer.parseInt(status));
        JsonNode content = responses.path(status).path("content");
        String type = answer.header("content-type").replaceFirst(";.*", "");
        if (content.isMissingNode()) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(content.has(type)).as(type).isTrue();
        }
        if (type.equals("application/json")) {
            assertThat(Shapes.faults(content.path(type).path("schema"), answer.json()))
                    .isEmpty();
        }
    }

    private static Operation operation(String endpoint) {
        return Operation.named(endpoint.replaceAll(":(\\w+)", "{$1}"));
    }

    private static void isLike(Block block, Answer answer, Set<String> data) {
        JsonNode example = ReferenceStory.json(block.text());
        assertThat(new Likeness(data).differences(example, answer.json()))
                .as("%s", answer)
                .isEmpty();
    }

    private static void wasTaken(String endpoint, JsonNode body, List<String> effect) {
        JsonNode schema = operation(endpoint).json().at("/requestBody/content/application~1json/schema");
        assertThat(Shapes.requestFaults(schema, body)).isEmpty();
        JsonNode seen = story.answer(effect.getFirst()).json().at(effect.get(1));
        Stream<JsonNode> candidates = seen.isArray() ? seen.valueStream() : Stream.of(seen);
        assertThat(candidates).as("%s", seen).anySatisfy(one -> {
            effect.subList(2, effect.size())
                    .forEach(member -> assertThat(one.path(member)).isEqualTo(body.path(member)));
            assertThat(one.path("configured").asBoolean(true)).isTrue();
        });
    }

    private static void isTheUsualAddress(Block block) {
        assertThat(block.text())
                .isEqualTo(ServerConfig.from(Map.of()).baseUrl() + "/api")
                .isEqualTo(LOCAL);
    }

    private static void answersUnderThatName(Block block) {
        Matcher address = Pattern.compile("https://([^/]+)(/api)").matcher(block.text());
        assertThat(address.matches()).isTrue();
        assertThat(story.server.raw("GET " + address.group(2) + "/health HTTP/1.1\r\nHost: " + address.group(1)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    private static void aKeyIsTaken(Block block) {
        Matcher curl = CURL.matcher(block.text());
        assertThat(curl.matches()).as("%s", block).isTrue();
        String key = story.server.keyOf(story.admin).header("X-API-Key");
        assertThat(key).startsWith("sk_");
        String path = "/api" + curl.group(3);
        HttpUser program =
                story.server.anonymous().with(curl.group(1), curl.group(2).replace("sk_...", key));

        Answer answer = program.get(path);

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(story.admin.get(path).json());
        HttpUser other = program.with(curl.group(1), curl.group(2));
        assertThat(other.get(path).status()).isEqualTo(401);
    }

    private static void isTheErrorOfAnUnknownTask(Block block) {
        JsonNode example = ReferenceStory.json(block.text());

        Answer answer = story.admin.get("/api/tasks/task_abc123");

        assertThat(answer.json()).isEqualTo(example);
        assertThat(answer.status()).isEqualTo(example.path("status").asInt());
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    private static void isAStream(Block block) {
        assertThat(operation(block.text()).streams()).isTrue();
    }
}
