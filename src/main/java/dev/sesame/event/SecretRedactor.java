package dev.sesame.event;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds secrets in the forms that they take in text: as they are, JSON-escaped, URL-encoded, and within base64 at any
/// of
/// the three alignments. One pass over the text whatever the number of secrets (Aho and Corasick, 1975).
///
/// Immutable; safe from any thread.
public final class SecretRedactor implements Redactor {

    private static final String MASK = "[redacted]";

    private final List<Node> nodes = new ArrayList<>();
    private final int longest;

    /// A state of the automaton: the longest beginning of a pattern that the text so far ends with.
    private static final class Node {
        final Map<Character, Integer> next = new HashMap<>();
        final int depth;
        int fail;
        /// Length of the longest pattern that ends here, 0 if none does.
        int match;

        Node(int depth) {
            this.depth = depth;
        }
    }

    /// @param secrets of at least 8 characters each; shorter ones would be found everywhere
    public SecretRedactor(Collection<String> secrets) {
        nodes.add(new Node(0));
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                insert(form);
            }
        }
        link();
        longest = nodes.stream().mapToInt(node -> node.depth).max().orElse(0);
    }

    @Override
    public String redact(String text) {
        Deque<Range> found = new ArrayDeque<>(0);
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = step(state, text.charAt(i));
            int length = nodes.get(state).match;
            if (length > 0) {
                add(found, new Range(i + 1 - length, i + 1));
            }
        }
        return found.isEmpty() ? text : cut(text, found);
    }

    private record Range(int start, int end) {}

    /// Ends come in order, so only the last ranges can overlap a new one.
    private static void add(Deque<Range> found, Range range) {
        Range merged = range;
        while (!found.isEmpty() && found.getLast().end > merged.start) {
            merged = new Range(Math.min(found.removeLast().start, merged.start), range.end);
        }
        found.addLast(merged);
    }

    private static String cut(String text, Deque<Range> found) {
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        for (Range range : found) {
            out.append(text, copied, range.start).append(MASK);
            copied = range.end;
        }
        return out.append(text, copied, text.length()).toString();
    }

    @Override
    public int openEnd(CharSequence text) {
        int state = 0;
        for (int i = Math.max(0, text.length() - longest); i < text.length(); i++) {
            state = step(state, text.charAt(i));
        }
        Node node = nodes.get(state);
        boolean complete = node.match == node.depth && node.next.isEmpty();
        return complete ? nodes.get(node.fail).depth : node.depth;
    }

    static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(jsonEscaped(secret));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            forms.add(base64(bytes, before, Base64.getEncoder()));
            forms.add(base64(bytes, before, Base64.getUrlEncoder()));
        }
        return forms;
    }

    /// The characters of the base64 that depend on the secret alone, when it begins at this offset of a group of three.
    private static String base64(byte[] secret, int before, Base64.Encoder encoder) {
        byte[] padded = new byte[before + secret.length];
        System.arraycopy(secret, 0, padded, before, secret.length);
        String encoded = encoder.withoutPadding().encodeToString(padded);
        int first = (before * 8 + 5) / 6;
        int last = padded.length * 8 / 6;
        return encoded.substring(first, last);
    }

    private static String jsonEscaped(String secret) {
        StringBuilder out = new StringBuilder();
        for (char c : secret.toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private void insert(String pattern) {
        int state = 0;
        for (char c : pattern.toCharArray()) {
            Integer next = nodes.get(state).next.get(c);
            if (next == null) {
                nodes.add(new Node(nodes.get(state).depth + 1));
                next = nodes.size() - 1;
                nodes.get(state).next.put(c, next);
            }
            state = next;
        }
        nodes.get(state).match = pattern.length();
    }

    private void link() {
        Deque<Integer> open = new ArrayDeque<>(nodes.getFirst().next.values());
        while (!open.isEmpty()) {
            Node node = nodes.get(open.removeFirst());
            node.next.forEach((c, child) -> {
                nodes.get(child).fail = step(node.fail, c);
                Node target = nodes.get(nodes.get(child).fail);
                nodes.get(child).match = Math.max(nodes.get(child).match, target.match);
                open.add(child);
            });
        }
    }

    private int step(int from, char c) {
        int state = from;
        while (true) {
            Integer next = nodes.get(state).next.get(c);
            if (next != null) {
                return next;
            }
            if (state == 0) {
                return 0;
            }
            state = nodes.get(state).fail;
        }
    }
}
