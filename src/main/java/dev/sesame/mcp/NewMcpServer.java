package dev.sesame.mcp;

import dev.sesame.agent.McpServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/mcp-servers`, and its rules: a `command` or a `url`, with what belongs to it.
record NewMcpServer(
        @Nullable String name,
        @Nullable String command,
        @Nullable List<@Nullable String> args,
        @Nullable Map<String, @Nullable String> env,
        @Nullable String url,
        @Nullable Map<String, @Nullable String> headers,
        @Nullable Boolean enabled) {

    /// Throws 400 naming the first field that is wrong, never a value of a secret.
    McpServer checked() {
        String called = Rules.name(name);
        if ((command == null) == (url == null)) {
            throw Rules.bad("command or url is required, and only one of them");
        }
        if (command != null) {
            if (headers != null) {
                throw Rules.bad("headers belong to a url, not to a command");
            }
            return new McpServer.Stdio(
                    called, Rules.text("command", command, 1), arguments(), Rules.values("env", env, Rules.VARIABLE));
        }
        if (args != null || env != null) {
            throw Rules.bad((args != null ? "args" : "env") + " belongs to a command, not to a url");
        }
        return new McpServer.Http(called, address(), Rules.values("headers", headers, Rules.HEADER));
    }

    boolean isEnabled() {
        return !Boolean.FALSE.equals(enabled);
    }

    private List<String> arguments() {
        if (args == null) {
            return List.of();
        }
        Rules.few("args", args.size());
        return args.stream().map(argument -> Rules.text("args", argument, 0)).toList();
    }

    private String address() {
        String address = Rules.text("url", url, 1);
        try {
            URI uri = new URI(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw Rules.bad(
                        "url must be a web address like https://example.com/mcp, without a name or password in it");
            }
            return address;
        } catch (URISyntaxException e) {
            throw Rules.bad("url must be a web address like https://example.com/mcp");
        }
    }
}
