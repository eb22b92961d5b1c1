package dev.sesame.setting;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// What values a setting takes, written as text (in the environment) or as JSON (in the API and config files).
///
/// @param shape in JSON
/// @param expected completes the sentence "expected …", for instance `a whole number from 1 to 100`
/// @param choices all values, where they are few; else empty
/// @param parse from text; throws [IllegalArgumentException] for a value that is not one
public record SettingType<T>(Shape shape, String expected, List<String> choices, Function<String, T> parse) {

    /// How a value is written in JSON.
    public enum Shape {
        TEXT,
        FLAG,
        NUMBER,
        LIST;

        /// In the API.
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private SettingType(Shape shape, String expected, Function<String, T> parse) {
        this(shape, expected, List.of(), parse);
    }

    static final SettingType<String> TEXT = new SettingType<>(Shape.TEXT, "text", text -> text);

    static final SettingType<Boolean> FLAG = new SettingType<>(Shape.FLAG, "true or false", SettingType::flag);

    /// Empty, or absolute; whether the file is there and runs is found out at its use.
    static final SettingType<String> PROGRAM =
            new SettingType<>(Shape.TEXT, "the absolute path of a program on the server's host", text -> {
                require(text.isEmpty() || (text.startsWith("/") && text.chars().noneMatch(Character::isISOControl)));
                return text;
            });

    /// Comma-separated; blanks around an item are dropped, empty items too.
    static final SettingType<List<String>> LIST = new SettingType<>(
            Shape.LIST,
            "a list, separated by commas in the environment",
            text -> Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList());

    /// Addresses and ranges like `10.0.0.0/8`.
    static final SettingType<List<AddressRange>> NETWORKS = new SettingType<>(
            Shape.LIST,
            "a list of addresses and ranges like 10.0.0.0/8",
            text -> LIST.parse().apply(text).stream().map(AddressRange::of).toList());

    /// Empty, or absolute http or https without query and fragment; a slash at the end is dropped.
    static final SettingType<String> WEB_ADDRESS =
            new SettingType<>(Shape.TEXT, "a web address like https://example.com", SettingType::webAddress);

    static SettingType<Integer> whole(int least, int most) {
        return new SettingType<>(Shape.NUMBER, "a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    static SettingType<Long> bytes(long least) {
        return new SettingType<>(Shape.NUMBER, "a number of bytes, at least " + least, text -> {
            long value = Long.parseLong(text);
            require(value >= least);
            return value;
        });
    }

    static SettingType<String> oneOf(String... values) {
        List<String> allowed = List.of(values);
        return new SettingType<>(Shape.TEXT, "one of " + String.join(", ", allowed), allowed, text -> {
            require(allowed.contains(text));
            return text;
        });
    }

    /// From JSON, without coercion: `"5"` is no number.
    ///
    /// @throws IllegalArgumentException for a value that is not one
    public T read(JsonNode json) {
        boolean fits = switch (shape) {
            case TEXT -> json.isTextual();
            case FLAG -> json.isBoolean();
            case NUMBER -> json.isIntegralNumber();
            case LIST -> json.isArray();
        };
        require(fits);
        return parse.apply(shape == Shape.LIST ? joined(json) : json.asText());
    }

    /// As JSON has it: text, true or false, a number, or a list of text.
    public Object json(T value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value;
    }

    private static String joined(JsonNode list) {
        List<String> items = new ArrayList<>();
        for (JsonNode item : list) {
            require(item.isTextual() && item.asText().indexOf(',') < 0);
            items.add(item.asText());
        }
        return String.join(",", items);
    }

    private static boolean flag(String text) {
        require(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    private static String webAddress(String text) {
        if (text.isEmpty()) {
            return text;
        }
        URI uri = URI.create(text);
        require(("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null);
        require(uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }
}
