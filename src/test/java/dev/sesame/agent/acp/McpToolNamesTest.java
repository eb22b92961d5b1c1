package dev.sesame.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpToolNamesTest {

    @ParameterizedTest
    @CsvSource({
        "other, greet (greeter MCP Server), greeter.greet",
        "other, greeter_greet, greeter.greet",
        "other, greeter-greet, greeter.greet",
        "other, greeter-two_greet, greeter-two.greet",
        "other, unknown_greet, other",
        "execute, greeter_greet, execute"
    })
    void aToolOfAnMcpServerIsNamedWithItsServer(String kind, String title, String name) {
        Calls calls = new Calls(new OpenTools(), List.of("greeter", "greeter-two"));

        calls.updated(
                Json.object()
                        .put("sessionUpdate", "tool_call")
                        .put("toolCallId", "c")
                        .put("kind", kind)
                        .put("title", title),
                new Outputs());

        assertThat(Objects.requireNonNull(calls.get("c")).name()).isEqualTo(name);
    }
}
