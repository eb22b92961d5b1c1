package dev.sesame.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sesame.agent.McpServer;
import dev.sesame.http.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is stored of an MCP server in the clear; of `command` and `url` one is there.
///
/// @param names of the variables or headers
record Definition(
        @Nullable String command,
        @Nullable List<String> args,
        @Nullable String url,
        List<String> names) {

    static Definition of(McpServer server) {
        return switch (server) {
            case McpServer.Stdio(String _, String command, List<String> args, Map<String, String> env) ->
                new Definition(command, args, null, List.copyOf(env.keySet()));
            case McpServer.Http(String _, String url, Map<String, String> headers) ->
                new Definition(null, null, url, List.copyOf(headers.keySet()));
        };
    }

    /// The whole server, with its secrets.
    McpServer with(String name, Map<String, String> secrets) {
        return command != null
                ? new McpServer.Stdio(name, command, args == null ? List.of() : args, secrets)
                : new McpServer.Http(name, String.valueOf(url), secrets);
    }

    static Definition read(String json) {
        try {
            return Json.MAPPER.readValue(json, Definition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An MCP server in the database can't be read");
        }
    }
}
