package dev.sesame.client;

import java.util.Map;
import java.util.regex.Pattern;

/// Text of somebody else's, so that what shows it does not obey it.
final class Printable {
    /// A control sequence (colours, moves) or an operating system command (titles, links, the clipboard): ECMA-48, 5.4
    /// and 8.3.89.
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)");

    /// What CI systems take for orders in the output of a job: GitHub Actions (`::name::`, `##[name]`), Azure
    /// Pipelines, TeamCity.
    private static final Pattern ORDER = Pattern.compile("^(\\s*:)(?=:)|#(?=#(\\[|vso\\[|teamcity\\[))");

    private Printable() {}

    /// Keeps line feeds and tabs.
    static String of(String text) {
        if (text.codePoints().noneMatch(Printable::steers)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        SEQUENCE.matcher(text)
                .replaceAll("")
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .forEach(c -> safe.appendCodePoint(steers(c) ? visible(c) : c));
        return safe.toString();
    }

    /// As one line.
    static String line(String text) {
        return of(text).strip().replace('\n', ' ').replace('\t', ' ');
    }

    /// The same JSON value, without the control characters that JSON allows in its strings.
    static String json(String json) {
        if (json.codePoints().noneMatch(Printable::steers)) {
            return json;
        }
        StringBuilder safe = new StringBuilder(json.length());
        json.chars().forEach(c -> safe.append(steers(c) ? "\\u%04x".formatted(c) : (char) c));
        return safe.toString();
    }

    /// A line that gives no orders to the CI system that keeps it: a character nobody sees breaks their mark.
    static String withoutOrders(String line) {
        return ORDER.matcher(line).replaceAll("$0\u200b");
    }

    /// Whether one of those systems reads what is printed.
    static boolean isReadForOrders(Map<String, String> environment) {
        return environment.containsKey("GITHUB_ACTIONS")
                || environment.containsKey("TF_BUILD")
                || environment.containsKey("TEAMCITY_VERSION");
    }

    private static boolean steers(int c) {
        boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return (Character.isISOControl(c) && c != '\n' && c != '\t') || direction;
    }

    /// The picture that Unicode has for it.
    private static int visible(int c) {
        return c < 0x20 ? 0x2400 + c : c == 0x7f ? 0x2421 : 0xfffd;
    }
}
