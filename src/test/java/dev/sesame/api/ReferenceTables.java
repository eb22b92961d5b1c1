package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.api.Reference.Block;
import dev.sesame.http.Problem;
import dev.sesame.setting.SettingKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the tables of the reference say, row by row.
final class ReferenceTables {
    private static final String TYPED = "^([a-z]+)(string|number)(.+)$";
    private static final Pattern FIELD = Pattern.compile("\\b[a-z]+[A-Z][a-zA-Z]*\\b");

    private final ReferenceStory story;

    ReferenceTables(ReferenceStory story) {
        this.story = story;
    }

    void parameters(Block table) {
        Map<String, MatchResult> rows = byName(table.rows(TYPED));
        assertThat(rows).containsOnlyKeys("status", "limit", "offset");
        HttpUser user = story.admin;
        JsonNode all = user.get("/api/tasks").json();
        statuses(text(rows, "status"));

        assertThat(text(rows, "limit")).contains("default: " + defaultOf("limit"));
        JsonNode first = user.get("/api/tasks?limit=1").json();
        assertThat(first.path("tasks")).containsExactly(all.at("/tasks/0"));
        assertThat(first.path("total")).isEqualTo(all.path("total"));
        JsonNode second = user.get("/api/tasks?limit=1&offset=1").json();
        assertThat(second.path("tasks")).containsExactly(all.at("/tasks/1"));
    }

    private void statuses(String description) {
        assertThat(description).contains(": ");
        for (String status : description.replaceFirst(".*: ", "").split(", ")) {
            assertThat(story.tasksOfStatus(status).json().path("tasks"))
                    .as(status)
                    .isNotEmpty()
                    .allMatch(task -> task.path("status").asText().equals(status));
        }
    }

    private static int defaultOf(String parameter) {
        return Operation.named("GET /api/tasks").parameters().stream()
                .filter(it -> it.path("name").asText().equals(parameter))
                .findFirst()
                .orElseThrow()
                .at("/schema/default")
                .asInt();
    }

    void headers(Block table) {
        assertThat(byName(table.rows("^(Last-Event-ID)(Resume.+)$"))).containsOnlyKeys("Last-Event-ID");
        String whole = ReferenceFrames.withoutPings(
                story.answer(ReferenceFrames.STREAM).body());
        String path = "/api/tasks/" + story.task() + "/stream";

        Answer resumed = story.admin.with("Last-Event-ID", "1").get(path);

        assertThat(resumed.body()).isEqualTo(whole.substring(whole.indexOf("id: 2\n")));
    }

    void kinds(Block table) {
        JsonNode described = Operation.DOCUMENT.at("/components/schemas/UniversalEvent/discriminator/mapping");
        Set<String> kinds = new TreeSet<>();
        for (MatchResult row : table.rows("^([a-z_]+)([A-Z].+)$")) {
            if (row.group(1).equals("ping")) {
                assertThat(row.group(2)).contains("every " + SettingKeys.EVENTS_PING_SECONDS.defaultValue() + " s");
                continue;
            }
            kinds.add(row.group(1));
            JsonNode event =
                    Operation.DOCUMENT.at(described.path(row.group(1)).asText().replaceFirst("#", ""));
            assertThat(FIELD.matcher(row.group(2)).results().map(MatchResult::group))
                    .as(row.group(1))
                    .allMatch(field -> event.path("properties").has(field));
        }
        assertThat(described.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(kinds);
    }

    void fields(Block table) {
        JsonNode problem = story.admin.get("/api/tasks/task_abc123").json();
        for (MatchResult row : table.rows(TYPED)) {
            JsonNode value = problem.path(row.group(1));
            assertThat(row.group(2).equals("string") ? value.isTextual() : value.isIntegralNumber())
                    .as("%s of %s", row.group(1), problem)
                    .isTrue();
        }
    }

    /// Of an internal error there is only the document: that no request leads to one is what other tests are
    /// for.
    void errors(Block table) {
        Map<String, Answer> produced = errors();
        for (MatchResult row : table.rows("^(urn:[a-z:-]+)(\\d{3})(.+)$")) {
            int status = Integer.parseInt(row.group(2));
            if (row.group(1).equals(Problem.INTERNAL_ERROR.urn())) {
                assertThat(Problem.INTERNAL_ERROR.status()).isEqualTo(status);
                continue;
            }
            Answer answer = Objects.requireNonNull(produced.remove(row.group(1)), row.group(1));
            assertThat(answer.status()).as("%s", answer).isEqualTo(status);
            assertThat(answer.text("type")).isEqualTo(row.group(1));
            assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        }
        assertThat(produced).as("not in the reference").isEmpty();
    }

    private Map<String, Answer> errors() {
        String tasks = "/api/tasks";
        Map<String, String> ours = Map.of("prompt", "x", "repository", "owner/repo", "agent", "claude-code");
        Map<String, Answer> all = new HashMap<>();
        all.put("urn:sesame:error:bad-request", story.admin.post(tasks, Map.of()));
        all.put("urn:sesame:error:unauthorized", story.server.anonymous().get(tasks));
        all.put("urn:sesame:error:forbidden", story.stranger.get("/api/admin/users"));
        all.put("urn:sesame:error:not-found", story.stranger.get(tasks + "/" + story.task()));
        all.put("urn:sesame:error:conflict", story.admin.post(tasks + "/" + story.task() + "/retry", null));
        all.put("urn:sesame:error:unprocessable-entity", story.stranger.post(tasks, ours));
        return all;
    }

    private static String text(Map<String, MatchResult> rows, String name) {
        return Objects.requireNonNull(rows.get(name)).group(3);
    }

    private static Map<String, MatchResult> byName(List<MatchResult> rows) {
        Map<String, MatchResult> all = new HashMap<>();
        rows.forEach(row -> all.put(row.group(1), row));
        return all;
    }
}
