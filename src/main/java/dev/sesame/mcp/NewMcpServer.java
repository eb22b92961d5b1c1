package dev.sesame.mcp;

import dev.sesame.agent.McpServer;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+([_-][a-zA-Z0-9]+)*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_TEXT = 4096;
    private static final int MOST = 64;

    /// Throws 400 naming the first field that is wrong, never a value of a secret.
    McpServer checked() {
        String called = name(name);
        if ((command == null) == (url == null)) {
            throw bad("command or url is required, and only one of them");
        }
        if (command != null) {
            if (headers != null) {
                throw bad("headers belong to a url, not to a command");
            }
            return new McpServer.Stdio(called, text("command", command, 1), arguments(), values("env", env, VARIABLE));
        }
        if (args != null || env != null) {
            throw bad((args != null ? "args" : "env") + " belongs to a command, not to a url");
        }
        return new McpServer.Http(called, address(), values("headers", headers, HEADER));
    }

    boolean isEnabled() {
        return !Boolean.FALSE.equals(enabled);
    }

    static String name(@Nullable String name) {
        String text = Input.text("name", name, 1, LONGEST_NAME);
        if (!NAME.matcher(text).matches()) {
            throw bad("name must be letters and digits, with single dashes or underscores between them");
        }
        return text;
    }

    private List<String> arguments() {
        if (args == null) {
            return List.of();
        }
        few("args", args.size());
        return args.stream().map(argument -> text("args", argument, 0)).toList();
    }

    private static Map<String, String> values(
            String field, @Nullable Map<String, @Nullable String> values, Pattern names) {
        if (values == null) {
            return Map.of();
        }
        few(field, values.size());
        Map<String, String> checked = new java.util.LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.length() > LONGEST_TEXT || !names.matcher(name).matches()) {
                throw bad(field + " has a name that is none: " + Input.shown(name));
            }
            checked.put(name, text(field + "." + Input.shown(name), value, 0));
        });
        return checked;
    }

    private String address() {
        String address = text("url", url, 1);
        try {
            URI uri = new URI(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw bad("url must be a web address like https://example.com/mcp, without a name or password in it");
            }
            return address;
        } catch (URISyntaxException e) {
            throw bad("url must be a web address like https://example.com/mcp");
        }
    }

    private static String text(String field, @Nullable String value, int shortest) {
        return Input.text(field, value, shortest, LONGEST_TEXT);
    }

    private static void few(String field, int size) {
        if (size > MOST) {
            throw bad(field + " must have at most " + MOST + " entries");
        }
    }

    private static RuntimeException bad(String detail) {
        return Problem.BAD_REQUEST.because(detail);
    }
}
