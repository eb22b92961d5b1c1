package dev.sesame.agent.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sesame.agent.AgentOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Outputs as lines of golden files: everything in them, one to a line, the type's name first.
public final class OutputJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private OutputJson() {}

    public static List<String> lines(List<AgentOutput> outputs) {
        return outputs.stream().map(OutputJson::line).toList();
    }

    /// Writes the golden file instead of reading it when the system property `goldens.write` is true.
    public static List<String> golden(Path file, List<String> actual) {
        try {
            if (Boolean.getBoolean("goldens.write")) {
                Files.write(file, actual);
            }
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(AgentOutput output) {
        return switch (output) {
            case AgentOutput.Event(var body) -> named(body.getClass(), body);
            case AgentOutput.TurnEnded(var verdict) -> named(verdict.getClass(), verdict);
            case AgentOutput.Send(String line) -> "{\"Send\":" + line + "}";
            case AgentOutput.SessionStarted _,
                    AgentOutput.Used _,
                    AgentOutput.QuotaExhausted _,
                    AgentOutput.NotUnderstood _ -> named(output.getClass(), output);
        };
    }

    private static String named(Class<?> type, Object value) {
        try {
            ObjectNode named = MAPPER.createObjectNode();
            named.set(type.getSimpleName(), MAPPER.<JsonNode>valueToTree(value));
            return MAPPER.writeValueAsString(named);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
