package dev.sesame.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sesame.agent.McpServer;
import dev.sesame.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// The values of an MCP server's variables or headers: a JSON object of texts, as the vault keeps it.
final class Values {

    private Values() {}

    static Map<String, String> of(McpServer server) {
        return switch (server) {
            case McpServer.Stdio stdio -> stdio.env();
            case McpServer.Http http -> http.headers();
        };
    }

    static String write(Map<String, String> values) {
        return Json.MAPPER.valueToTree(values).toString();
    }

    static Map<String, String> read(String secret) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            Json.MAPPER
                    .readTree(secret)
                    .properties()
                    .forEach(
                            value -> values.put(value.getKey(), value.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The values of an MCP server can't be read"); // not what they are
        }
        return values;
    }
}
