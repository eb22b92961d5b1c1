package dev.sesame.agent;

import java.util.List;
import java.util.Map;

/// A server of tools that an agent is to use, by the Model Context Protocol. Its variables and headers are
/// secrets: they may be in a file for the agent alone or in its environment, and nowhere else.
public sealed interface McpServer {
    /// Unique among a task's servers; letters, digits, dashes and single underscores.
    String name();

    /// A program that the agent starts, beside itself in the sandbox.
    record Stdio(String name, String command, List<String> args, Map<String, String> env) implements McpServer {
        @Override
        public String toString() {
            return name + ": " + command;
        }
    }

    /// One that is reached over HTTP.
    record Http(String name, String url, Map<String, String> headers) implements McpServer {
        @Override
        public String toString() {
            return name + ": " + url;
        }
    }
}
