package dev.sesame.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of a user's MCP servers.
class McpServersIT {
    private static final String SERVERS = "/api/mcp-servers";
    private static final SesameServer SERVER = SesameServer.shared();

    @Test
    void whatIsAddedIsListedWithoutItsSecretsForItsOwnerAlone() {
        HttpUser user = SERVER.user();

        Answer stdio = user.post(
                SERVERS,
                Map.of(
                        "name",
                        "files",
                        "command",
                        "npx",
                        "args",
                        List.of("-y", "x"),
                        "env",
                        Map.of("T", "top-secret")));
        Answer http = user.post(
                SERVERS,
                Map.of(
                        "name",
                        "docs",
                        "url",
                        "https://a.example/mcp",
                        "headers",
                        Map.of("Authorization", "top-secret")));

        assertThat(stdio.status()).as("%s", stdio).isEqualTo(201);
        assertThat(stdio.json().path("env").path("T").asText()).isEqualTo("********");
        assertThat(http.json().path("transport").asText()).isEqualTo("http");
        JsonNode listed = user.get(SERVERS).json().path("servers");
        assertThat(listed.findValuesAsText("name")).containsExactly("docs", "files");
        assertThat(listed.get(1)).isEqualTo(stdio.json());
        assertThat(listed.toString()).doesNotContain("top-secret");
        assertThat(SERVER.user().get(SERVERS).json().path("servers")).isEmpty();
    }

    @Test
    void aNameIsTakenUntilItsServerIsDeleted() {
        HttpUser user = SERVER.user();
        Map<String, String> server = Map.of("name", "one", "url", "https://a.example/mcp");

        assertThat(user.post(SERVERS, server).status()).isEqualTo(201);
        assertThat(user.post(SERVERS, server).status()).isEqualTo(409);
        assertThat(SERVER.user().post(SERVERS, server).status()).isEqualTo(201);
        assertThat(user.delete(SERVERS + "/one").status()).isEqualTo(204);
        assertThat(user.delete(SERVERS + "/one").status()).isEqualTo(204);
        assertThat(user.post(SERVERS, server).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name                | {'command':'x'}",
                "name                | {'name':'a__b','command':'x'}",
                "name                | {'name':'../a','command':'x'}",
                "name                | {'name':'a.b','command':'x'}",
                "command or url      | {'name':'a'}",
                "command or url      | {'name':'a','command':'x','url':'https://a.example'}",
                "command             | {'name':'a','command':''}",
                "args                | {'name':'a','command':'x','args':[null]}",
                "args                | {'name':'a','url':'https://a.example','args':['x']}",
                "env                 | {'name':'a','command':'x','env':{'A B':'SECRET'}}",
                "env.A               | {'name':'a','command':'x','env':{'A':null}}",
                "env                 | {'name':'a','command':'x','env':{'A':['SECRET']}}",
                "headers             | {'name':'a','command':'x','headers':{'A':'SECRET'}}",
                "headers             | {'name':'a','url':'https://a.example','headers':{'A: B':'SECRET'}}",
                "headers             | {'name':'a','url':'https://a.example','headers':{'A':'SECRET\\r\\nB: c'}}",
                "url                 | {'name':'a','url':'file:///etc/passwd'}",
                "url                 | {'name':'a','url':'https://u:SECRET@a.example'}",
                "enabled             | {'name':'a','command':'x','enabled':'yes'}",
                "more                | {'name':'a','command':'x','more':1}"
            })
    void whatIsWrongIsRefusedNamingTheFieldAndNoSecret(String field, String body) {
        Answer answer = SERVER.admin().send("POST", SERVERS, body.replace('\'', '"'));

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text("detail")).contains(field).doesNotContain("SECRET");
    }

    @Test
    void aTaskUsesTheServersItNamesOrThoseThatAreEnabled() {
        HttpUser user = SERVER.user();
        SERVER.repository("mcp");
        user.post("/api/agent-credentials", Map.of("agent", "amp", "credentials", Map.of("apiKey", "key-of-amp")));
        user.post(SERVERS, Map.of("name", "always", "url", "https://a.example/mcp"));
        user.post(SERVERS, Map.of("name", "seldom", "command", "x", "enabled", false));

        assertThat(serversOf(user, Map.of())).containsExactly("always");
        assertThat(serversOf(user, Map.of("mcpServers", List.of("seldom", "seldom"))))
                .containsExactly("seldom");
        assertThat(serversOf(user, Map.of("mcpServers", List.of()))).isEmpty();
        assertThat(create(user, Map.of("mcpServers", List.of("none"))).status()).isEqualTo(422);
        assertThat(create(user, Map.of("mcpServers", List.of(1))).status()).isEqualTo(400);
        assertThat(create(user, Map.of("agent", "demo", "mcpServers", List.of("always")))
                        .text("detail"))
                .contains("mcpServers", "demo");
        assertThat(serversOf(user, Map.of("agent", "demo"))).isEmpty();
    }

    private static List<String> serversOf(HttpUser user, Map<String, Object> more) {
        Answer created = create(user, more);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        String task = "/api/tasks/" + created.text("id");
        user.post(task + "/cancel", null);
        return user.get(task)
                .json()
                .path("mcpServers")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private static Answer create(HttpUser user, Map<String, Object> more) {
        var body = new java.util.HashMap<String, Object>(Map.of("prompt", "p", "repository", "mcp", "agent", "amp"));
        body.putAll(more);
        return user.post("/api/tasks", body);
    }
}
