package dev.sesame.git;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `git log -p --unified=0 --full-index` and asks of all that it would publish whether it has a secret:
/// each commit's author and message (between NUL bytes), the names of files, the lines added to a file taken
/// together (a secret may have several lines), and new binary files. Stops at the first find. For one use.
final class PatchScan {
    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,(\\d+))? \\+\\d+(?:,(\\d+))? @@.*");
    private static final Pattern INDEX = Pattern.compile("index [0-9a-f]+\\.\\.([0-9a-f]+)( \\d+)?");
    private static final int WINDOW = 1 << 20;
    private static final int OVERLAP = 1 << 16;

    private final Predicate<String> isSecret;
    private final Function<String, Optional<byte[]>> blobs;
    private final StringBuilder added = new StringBuilder();
    private String path = "";
    private String newBlob = "";
    private int removedLeft;
    private int addedLeft;
    private @Nullable String found;

    PatchScan(Predicate<String> isSecret, Function<String, Optional<byte[]>> blobs) {
        this.isSecret = isSecret;
        this.blobs = blobs;
    }

    /// The path, or a word for what is no file, with the first secret.
    Optional<String> found() {
        return Optional.ofNullable(found);
    }

    void read(InputStream stream) throws IOException {
        var in = new BufferedInputStream(stream, 1 << 16);
        for (String line = line(in); line != null; line = line(in)) {
            if (line.startsWith("\0")) {
                endFile();
                message(line, in);
            } else if (removedLeft > 0 || addedLeft > 0) {
                hunkLine(line);
            } else {
                header(line);
            }
            if (found != null) {
                return;
            }
        }
        endFile();
    }

    private void message(String first, BufferedInputStream in) throws IOException {
        var text = new StringBuilder(first.substring(1));
        for (String line = first.substring(1); line != null && !line.endsWith("\0"); ) {
            line = line(in);
            text.append('\n').append(line);
        }
        check(text, "the message of a commit");
    }

    private void header(String line) {
        Matcher hunk = HUNK.matcher(line);
        Matcher index = INDEX.matcher(line);
        if (line.startsWith("diff --git ")) {
            endFile();
            path = pathOf(line);
            check(path, path);
        } else if (hunk.matches()) {
            removedLeft = count(hunk.group(1));
            addedLeft = count(hunk.group(2));
        } else if (index.matches()) {
            newBlob = index.group(1);
        } else if (line.startsWith("Binary files ") && !newBlob.matches("0*")) {
            blobs.apply(newBlob).ifPresent(bytes -> check(new String(bytes, StandardCharsets.UTF_8), path));
        }
    }

    private void hunkLine(String line) {
        if (line.startsWith("+")) {
            addedLeft--;
            added.append(line, 1, line.length()).append('\n');
            if (added.length() > WINDOW) {
                check(added, path);
                added.delete(0, added.length() - OVERLAP);
            }
        } else if (line.startsWith("-")) {
            removedLeft--;
        }
    }

    private void endFile() {
        check(added, path);
        added.setLength(0);
        newBlob = "";
    }

    private void check(CharSequence text, String where) {
        if (found == null && !text.isEmpty() && isSecret.test(text.toString())) {
            found = where;
        }
    }

    /// Of `diff --git a/<path> b/<path>`: both are the same, as renames are off.
    private static String pathOf(String line) {
        String both = line.substring("diff --git ".length());
        String first = both.substring(0, both.length() / 2);
        return first.startsWith("\"a/") ? "\"" + first.substring("\"a/".length()) : first.substring("a/".length());
    }

    private static int count(@Nullable String lines) {
        return lines == null ? 1 : Integer.parseInt(lines);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream(128);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
