package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/// A task that a reader of the UI may see: of four events two are a tool call and its result, one a message in
/// Markdown, one a line of the log.
record Mixed(Spool spool, AtomicInteger written) {
    private static final String OUTPUT = "line of output, as long as such lines are\\n".repeat(6);

    static Mixed begin(SesameServer server, HttpUser user, int events) throws IOException, InterruptedException {
        var task = new Mixed(Spool.begin(server, user), new AtomicInteger());
        for (int left = events; left > 0; left -= Math.min(left, 2_000)) {
            task.write(Math.min(left, 2_000));
        }
        task.write(4); // what a window of deltas or the redactor holds back goes on with these
        while (user.get("/api/tasks/" + task.id() + "/events?limit=1").json().path("nextSeq").asInt() < events) {
            Thread.sleep(200);
        }
        return task;
    }

    String id() {
        return spool.task();
    }

    /// What the last message says.
    String end() {
        return "Step " + (written.get() / 4 - 1) + ":";
    }

    /// @param events a multiple of four
    void write(int events) throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < events / 4; i++) {
            int n = written.getAndAdd(4) / 4;
            lines.append("""
                    {"type":"tool","id":"t%1$d","name":"Bash","input":{"command":"npm test -- part%1$d"},"state":"running"}
                    {"type":"result","id":"t%1$d","output":"%2$s","error":false,"exitCode":0}
                    {"type":"log","message":"Checked part %1$d of the whole"}
                    {"type":"text","id":"m%1$d","delta":"%3$s","end":true}
                    """.formatted(n, OUTPUT, message(n)));
        }
        Files.writeString(spool.file(), lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    private static String message(int step) {
        return "Step " + step + ": **read** the `config` of the *server*.\\n\\n- one thing\\n- another\\n";
    }

    void writeSteadily(int perSecond, int seconds) {
        try {
            for (int i = 0; i < seconds * perSecond / 4; i++) {
                write(4);
                Thread.sleep(4_000 / perSecond);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
