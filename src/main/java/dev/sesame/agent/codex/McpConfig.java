package dev.sesame.agent.codex;

import dev.sesame.agent.McpServer;
import dev.sesame.agent.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// MCP servers in the words of Codex's `config.toml`.
final class McpConfig {

    private McpConfig() {}

    static String toml(List<McpServer> servers) {
        return servers.stream().map(McpConfig::table).collect(Collectors.joining("\n"));
    }

    private static String table(McpServer server) {
        String head = "[mcp_servers." + quoted(server.name()) + "]\n";
        return head
                + switch (server) {
                    case McpServer.Stdio(String _, String command, List<String> args, Map<String, String> env) ->
                        "command = " + quoted(command) + "\nargs = "
                                + args.stream().map(McpConfig::quoted).collect(Collectors.joining(", ", "[", "]"))
                                + "\nenv = " + inline(env) + "\n";
                    case McpServer.Http(String _, String url, Map<String, String> headers) ->
                        "url = " + quoted(url) + "\nhttp_headers = " + inline(headers) + "\n";
                };
    }

    private static String inline(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> quoted(value.getKey()) + " = " + quoted(value.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    /// JSON's text is TOML's basic string, but for a character that JSON need not escape.
    static String quoted(String text) {
        return Json.write(Json.object().textNode(text)).replace("\u007f", "\\u007f");
    }
}
