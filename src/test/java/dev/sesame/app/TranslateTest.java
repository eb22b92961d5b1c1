package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// `sesame agents translate`.
class TranslateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CAPTURES = Path.of("src/test/resources/captures");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "claude-code, claude/perm, completed",
        "claude-code, claude/interrupt, completed",
        "codex, codex/appserver-perm, completed",
        "codex, codex/appserver-err500, failed",
        "gemini, gemini/acp-permdeny, completed",
        "opencode, opencode/acp-full, completed",
        "copilot, copilot/acp-err500, failed",
        "amp, amp/documented-full, completed"
    })
    void aRecordingBecomesTheEventsOfATask(String agent, String capture, String status) throws IOException {
        assertThat(translate(agent, CAPTURES.resolve(capture + ".jsonl").toString()))
                .isZero();

        List<JsonNode> events = events();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("seq").asInt()).isEqualTo(i);
        }
        assertThat(events.getLast().path("kind").asText()).isEqualTo("done");
        assertThat(events.getLast().path("status").asText()).isEqualTo(status);
        assertThat(events.stream().filter(event -> event.path("kind").asText().equals("done")))
                .hasSize(1);
        assertThat(events.stream().anyMatch(event -> event.path("kind").asText().equals("error")))
                .isEqualTo(status.equals("failed"));
        assertThat(err.toString()).contains("every line was understood");
    }

    @Test
    void whatAnAgentSaidOverAnAdapterIsReadAsAcp(@TempDir Path directory) throws IOException {
        String recorded = Files.readString(CAPTURES.resolve("copilot/acp-full.jsonl"));
        Path file = Files.writeString(directory.resolve("adapter.jsonl"), recorded);

        assertThat(translate("claude-code", "--protocol", "acp", file.toString()))
                .isZero();

        assertThat(events()).anyMatch(event -> event.path("kind").asText().equals("tool_result"));
    }

    @Test
    void whatIsNotUnderstoodIsKeptAndCounted(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("new.jsonl"), """
                {"type":"hologram","shape":"sphere"}
                {"type":"hologram","shape":"cube"}
                """);

        assertThat(translate("claude-code", file.toString())).isZero();

        assertThat(out.toString()).contains("sphere", "cube");
        assertThat(err.toString()).contains("{hologram=2}");
    }

    @Test
    void aFormatThatIsNotSpokenIsRefusedInWords() {
        String file = CAPTURES.resolve("gemini/acp-full.jsonl").toString();

        assertThat(translate("gemini", "--protocol", "native", file)).isEqualTo(2);

        assertThat(err.toString()).contains("Sesame speaks ACP with gemini");
    }

    @Test
    void anUnknownAgentIsRefusedWithTheNamesThatThereAre() {
        String file = CAPTURES.resolve("gemini/acp-full.jsonl").toString();

        assertThat(translate("cursor", file)).isEqualTo(2);

        assertThat(err.toString()).contains("No agent of the name cursor; there are: amp, claude-code");
    }

    private int translate(String... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "agents";
        words[1] = "translate";
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        CommandLine command = Sesame.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }

    private List<JsonNode> events() throws IOException {
        return JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(out.toString())
                .readAll();
    }
}
