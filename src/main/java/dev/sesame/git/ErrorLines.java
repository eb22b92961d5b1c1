package dev.sesame.git;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Git's standard error: each line is reported, the last ones are kept for the message of a failure. Progress,
/// which ends its lines by a carriage return, is reported but not kept.
final class ErrorLines {
    private static final int KEPT_LINES = 40;
    private static final int MAX_LINE = 2_000;

    private final Consumer<String> report;
    private final Deque<String> kept = new ArrayDeque<>();

    ErrorLines(Consumer<String> report) {
        this.report = report;
    }

    void read(InputStream stderr) throws IOException {
        try (var in = new BufferedInputStream(stderr)) {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n' || b == '\r') {
                    end(line, b == '\n');
                } else if (line.size() < MAX_LINE) {
                    line.write(b);
                }
            }
            end(line, true);
        }
    }

    synchronized String text() {
        return String.join("\n", kept);
    }

    private void end(ByteArrayOutputStream bytes, boolean keep) {
        // Remote lines are padded with blanks and an escape that clears the rest of a terminal's line.
        String line = bytes.toString(StandardCharsets.UTF_8)
                .replaceAll("\\x1b\\[[0-9;]*[A-Za-z]|\\p{Cntrl}", "")
                .stripTrailing();
        bytes.reset();
        if (line.isEmpty()) {
            return;
        }
        if (keep) {
            remember(line);
        }
        report.accept(line);
    }

    private synchronized void remember(String line) {
        if (kept.size() == KEPT_LINES) {
            kept.removeFirst();
        }
        kept.addLast(line);
    }
}
