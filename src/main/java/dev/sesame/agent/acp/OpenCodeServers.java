package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.McpServer;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Mcp;
import java.util.List;
import java.util.Map;

/// MCP servers in the words of OpenCode's configuration.
final class OpenCodeServers {

    private OpenCodeServers() {}

    static ObjectNode of(List<McpServer> servers) {
        ObjectNode all = Json.object();
        for (McpServer server : servers) {
            ObjectNode one = all.putObject(server.name()).put("enabled", true);
            switch (server) {
                case McpServer.Stdio(String _, String command, List<String> args, Map<String, String> env) -> {
                    ArrayNode words =
                            one.put("type", "local").putArray("command").add(command);
                    args.forEach(words::add);
                    Mcp.texts(one, "environment", env);
                }
                case McpServer.Http(String _, String url, Map<String, String> headers) -> {
                    one.put("type", "remote").put("url", url).put("oauth", false);
                    Mcp.texts(one, "headers", headers);
                }
            }
        }
        return all;
    }
}
