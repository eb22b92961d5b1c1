package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.McpServer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What agents' ways to be given MCP servers, and to name their tools, have in common.
public final class Mcp {
    private static final Pattern TOOL = Pattern.compile("mcp__(.+?)__(.+)");

    private Mcp() {}

    /// By name, in the form that most agents read.
    public static ObjectNode servers(List<McpServer> servers) {
        ObjectNode all = Json.object();
        for (McpServer server : servers) {
            ObjectNode one = all.putObject(server.name());
            switch (server) {
                case McpServer.Stdio(String _, String command, List<String> args, Map<String, String> env) -> {
                    one.put("type", "stdio").put("command", command);
                    args.forEach(one.putArray("args")::add);
                    texts(one, "env", env);
                }
                case McpServer.Http(String _, String url, Map<String, String> headers) -> {
                    one.put("type", "http").put("url", url);
                    texts(one, "headers", headers);
                }
            }
        }
        return all;
    }

    public static void texts(ObjectNode in, String member, Map<String, String> values) {
        values.forEach(in.putObject(member)::put);
    }

    /// A tool's name as events have it: `server.tool` where the agent says `mcp__server__tool`.
    public static String tool(String name) {
        Matcher tool = TOOL.matcher(name);
        return tool.matches() ? tool.group(1) + "." + tool.group(2) : name;
    }
}
