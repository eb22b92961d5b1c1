package dev.sesame.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks of what a client sent, beyond its JSON type. Each answers 400 in a sentence that names the field.
public final class Input {

    private Input() {}

    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.BAD_REQUEST.because(field + " is required");
        }
        return value;
    }

    /// Text of a length in characters (code points), both ends included.
    public static String text(String field, @Nullable String value, int shortest, int longest) {
        String text = required(field, value);
        int length = text.codePointCount(0, text.length());
        if (length < shortest || length > longest) {
            throw Problem.BAD_REQUEST.because(
                    "%s must have %d to %d characters, it has %d".formatted(field, shortest, longest, length));
        }
        return text;
    }

    /// A parameter of the path or query that becomes part of a lookup; safe to store and to repeat in an answer.
    public static String parameter(String name, @Nullable String value, int longest) {
        String text = required(name, value);
        String fault = SafeText.fault(text, false);
        if (fault != null) {
            throw Problem.BAD_REQUEST.because(name + " " + fault);
        }
        return text(name, text, 1, longest);
    }

    /// A whole number in a query parameter or header; empty if it isn't there.
    public static Optional<Long> whole(String name, @Nullable String value, long least, long most) {
        if (value == null) {
            return Optional.empty();
        }
        // Long.parseLong also takes a plus sign and other scripts' digits.
        if (value.matches("-?[0-9]{1,18}")) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        String range = most == Long.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
        throw Problem.BAD_REQUEST.because(name + " must be a whole number " + range);
    }

    /// The query parameter `limit` of a list: 50 without it, and never more than 200.
    public static int limit(@Nullable String limit) {
        return Math.toIntExact(Math.min(whole("limit", limit, 1, Long.MAX_VALUE).orElse(50L), 200L));
    }

    /// The query parameter `offset` of a list.
    public static int offset(@Nullable String offset) {
        return Math.toIntExact(whole("offset", offset, 0, Integer.MAX_VALUE).orElse(0L));
    }

    /// A name that a client sent, fit to be repeated in an answer.
    public static String shown(String name) {
        String shown = SafeText.fault(name, false) == null ? name : "(unprintable)";
        boolean all = shown.codePointCount(0, shown.length()) <= 100;
        return all ? shown : shown.substring(0, shown.offsetByCodePoints(0, 80)) + "…";
    }
}
