package dev.sesame.setting;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// What values a setting takes.
///
/// @param expected completes the sentence "expected …", for instance `a whole number from 1 to 100`
/// @param parse from text; throws [IllegalArgumentException] for a value that is not one
public record SettingType<T>(String expected, Function<String, T> parse) {

    static final SettingType<String> TEXT = new SettingType<>("text", text -> text);

    static final SettingType<Boolean> FLAG = new SettingType<>("true or false", SettingType::flag);

    /// Comma-separated; blanks around an item are dropped, empty items too.
    static final SettingType<List<String>> LIST = new SettingType<>(
            "a comma-separated list",
            text -> Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList());

    /// Comma-separated addresses and ranges like `10.0.0.0/8`.
    static final SettingType<List<AddressRange>> NETWORKS = new SettingType<>(
            "a comma-separated list of addresses and ranges like 10.0.0.0/8",
            text -> LIST.parse().apply(text).stream().map(AddressRange::of).toList());

    /// Empty, or absolute http or https without query and fragment; a slash at the end is dropped.
    static final SettingType<String> WEB_ADDRESS =
            new SettingType<>("a web address like https://example.com", SettingType::webAddress);

    static SettingType<Integer> whole(int least, int most) {
        return new SettingType<>("a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    static SettingType<Long> bytes(long least) {
        return new SettingType<>("a number of bytes, at least " + least, text -> {
            long value = Long.parseLong(text);
            require(value >= least);
            return value;
        });
    }

    static SettingType<String> oneOf(String... values) {
        List<String> allowed = List.of(values);
        return new SettingType<>("one of " + String.join(", ", allowed), text -> {
            require(allowed.contains(text));
            return text;
        });
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
