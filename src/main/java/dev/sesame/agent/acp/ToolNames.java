package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.Json;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a tool is called in events.
final class ToolNames {
    private static final Pattern OF_SERVER = Pattern.compile("(\\S+) \\((\\S+) MCP Server\\)");

    private final List<String> servers;

    ToolNames(List<String> servers) {
        this.servers = servers;
    }

    /// The agent's name for the tool where it tells it, else the kind of tool.
    String of(JsonNode update) {
        String name = Json.text(update, "name");
        String hinted = Json.text(update.path("_meta").path("claudeCode"), "toolName");
        String kind = Json.text(update, "kind", "other");
        return name != null ? name : hinted != null ? hinted : kind.equals("other") ? ofServer(update, kind) : kind;
    }

    /// A tool of an MCP server has no kind; its title says server and tool, in a way of the agent's own.
    private String ofServer(JsonNode update, String otherwise) {
        String title = Json.text(update, "title", "");
        Matcher words = OF_SERVER.matcher(title);
        if (words.matches()) {
            return words.group(2) + "." + words.group(1);
        }
        return servers.stream()
                .filter(server -> title.startsWith(server + "_") || title.startsWith(server + "-"))
                .max(Comparator.comparingInt(String::length))
                .map(server -> server + "." + title.substring(server.length() + 1))
                .orElse(otherwise);
    }
}
