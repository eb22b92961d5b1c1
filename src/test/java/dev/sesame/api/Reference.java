package dev.sesame.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The product's API reference, taken apart into what of it can be tried. It is the text of a page: a paragraph
/// between empty lines, or after a brace that closes an object, is one thing; a table's cells follow one
/// another without anything between them.
///
/// What it can't read becomes a block of the kind `unknown`, so that nothing is passed over.
final class Reference {
    private static final Path FILE = Path.of("src/test/resources/api-reference.txt");
    private static final Pattern ENDPOINT = Pattern.compile("(GET|PUT|POST|PATCH|DELETE) (/api/[\\w/:-]+)");
    private static final Pattern HEADING = Pattern.compile("\\S+( \\S+){0,3}(?<![.:])");
    private static final Pattern CODE = Pattern.compile("^\\W*[\\[{<]|[{}]|\\bcurl\\b|https?://");

    /// By the titles of their columns.
    private static final Map<String, String> TABLES = Map.of(
            "ParameterTypeDescription", "parameters",
            "HeaderDescription", "headers",
            "KindDescription", "kinds",
            "FieldTypeDescription", "fields",
            "TypeHTTP StatusDescription", "errors");

    /// @param name the endpoint or heading it is under, its kind and, but for the first of these, its number
    /// @param text without the titles, for a table
    record Block(String name, String text) {
        /// The groups of the pattern in each line, which has to match it.
        List<MatchResult> rows(String pattern) {
            Pattern row = Pattern.compile(pattern);
            return text.lines()
                    .map(line -> row.matcher(line).results().findFirst())
                    .map(found -> found.orElseThrow(() -> new AssertionError(name + ": not as before: " + text)))
                    .toList();
        }
    }

    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private String section = "";
    private String label = "";

    private Reference() {}

    static List<Block> read() {
        try {
            return read(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> read(String text) {
        var reference = new Reference();
        for (String paragraph : text.strip().split("(?<=\n})\n+|\n\\s*\n")) {
            reference.take(paragraph.stripTrailing());
        }
        reference.unlabel("");
        return reference.blocks;
    }

    private void take(String paragraph) {
        String first = paragraph.lines().findFirst().orElse("");
        boolean alone = paragraph.equals(first);
        if (first.startsWith("curl ")) {
            add("curl", paragraph);
        } else if (first.startsWith("{")) {
            add(
                    label.equals("Request Body:") ? "request" : label.equals("Response:") ? "response" : "document",
                    paragraph);
        } else if (first.matches("(id|event|data): .*")) {
            add("frame", paragraph);
        } else if (TABLES.containsKey(first)) {
            add(TABLES.get(first), paragraph.substring(first.length()).strip());
        } else if (first.strip().startsWith("•")) {
            label = "";
            paragraph.lines().forEach(this::prose);
        } else if (alone && first.matches("https?://\\S+")) {
            add("address", first);
        } else if (alone && ENDPOINT.matcher(first).matches()) {
            unlabel("");
            section = first;
            add("call", first);
        } else if (alone) {
            said(first);
        } else {
            add("unknown", paragraph);
        }
    }

    private void said(String line) {
        if (line.endsWith(":")) {
            unlabel(line);
            label = line;
        } else if (HEADING.matcher(line).matches() && !CODE.matcher(line).find()) {
            unlabel("");
            section = line;
        } else {
            prose(line);
        }
    }

    private void prose(String line) {
        ENDPOINT.matcher(line).results().forEach(found -> add("mention", found.group()));
        if (CODE.matcher(line).find()) {
            add("unknown", line);
        }
    }

    /// What is announced must come, unless the announcement goes on in another.
    private void unlabel(String next) {
        if (!label.isEmpty() && next.isEmpty()) {
            add("unknown", label);
        }
        label = "";
    }

    private void add(String kind, String text) {
        label = "";
        String name = section + ": " + kind;
        int number = numbers.merge(name, 1, Integer::sum);
        blocks.add(new Block(number == 1 ? name : name + " " + number, text));
    }
}
