package dev.sesame.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An MCP server as the API shows it, the values of its variables or headers masked.
///
/// @param transport `stdio` or `http`
@JsonInclude(JsonInclude.Include.NON_NULL)
record McpServerView(
        String name,
        String transport,
        @Nullable String command,
        @Nullable List<String> args,
        @Nullable Map<String, String> env,
        @Nullable String url,
        @Nullable Map<String, String> headers,
        boolean enabled,
        Instant createdAt) {

    private static final String MASK = "********";

    static McpServerView of(Listed server) {
        Definition definition = server.definition();
        Map<String, String> masked = new LinkedHashMap<>();
        definition.names().forEach(name -> masked.put(name, MASK));
        boolean stdio = definition.command() != null;
        return new McpServerView(
                server.name(),
                stdio ? "stdio" : "http",
                definition.command(),
                definition.args(),
                stdio ? masked : null,
                definition.url(),
                stdio ? null : masked,
                server.enabled(),
                server.createdAt());
    }
}
