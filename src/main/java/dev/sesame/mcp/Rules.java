package dev.sesame.mcp;

import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What holds for each part of an MCP server. Refuses with 400, naming the field and never a value.
final class Rules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+([_-][a-zA-Z0-9]+)*");
    static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_TEXT = 4096;
    private static final int MOST = 64;

    private Rules() {}

    static String name(@Nullable String name) {
        String text = Input.text("name", name, 1, LONGEST_NAME);
        if (!NAME.matcher(text).matches()) {
            throw bad("name must be letters and digits, with single dashes or underscores between them");
        }
        return text;
    }

    static Map<String, String> values(String field, @Nullable Map<String, @Nullable String> values, Pattern names) {
        if (values == null) {
            return Map.of();
        }
        few(field, values.size());
        Map<String, String> checked = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.length() > LONGEST_TEXT || !names.matcher(name).matches()) {
                throw bad(field + " has a name that is none: " + Input.shown(name));
            }
            checked.put(name, text(field + "." + Input.shown(name), value, 0));
        });
        return checked;
    }

    static String text(String field, @Nullable String value, int shortest) {
        return Input.text(field, value, shortest, LONGEST_TEXT);
    }

    static void few(String field, int size) {
        if (size > MOST) {
            throw bad(field + " must have at most " + MOST + " entries");
        }
    }

    static RuntimeException bad(String detail) {
        return Problem.BAD_REQUEST.because(detail);
    }
}
