package dev.sesame.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Reads a task's events, each once and in their order, to the task's end. Whatever the connection does meanwhile, it
/// goes on after the last event it had. Used by one thread.
public final class EventReader {
    /// How long a connection may say nothing; the server's pings are usually 30 s apart.
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Connection connection;
    private final String task;
    private final Duration silence;
    private final Patience patience;
    private final Consumer<String> notes;
    private long last;

    /// @param after the last event that is there already, -1 for none
    /// @param notes is told when the connection is lost and when it is back
    public EventReader(Connection connection, String task, long after, Consumer<String> notes) {
        this(connection, task, after, SILENCE, Patience.USUAL, notes);
    }

    /// @param absence how long there may be no connection at all
    EventReader(
            Connection connection,
            String task,
            long after,
            Duration silence,
            Duration absence,
            Consumer<String> notes) {
        this.connection = connection;
        this.task = task;
        this.last = after;
        this.silence = silence;
        this.patience = new Patience(absence, notes);
        this.notes = notes;
    }

    /// Takes an event; false when it has had enough.
    public interface Taker {
        boolean take(TaskEvent event) throws ClientException, InterruptedException;
    }

    private enum End {
        /// The taker had enough.
        ENOUGH,
        /// The task is over, and everything was read.
        ALL,
        /// The connection ended, which a proxy or a server that stops can do at any time.
        CUT
    }

    /// The last event that was taken, -1 if none was.
    public long last() {
        return last;
    }

    /// Reads on; may be called again after it returned true.
    ///
    /// @return whether the taker had enough before the task was over
    /// @throws ClientException if the server refuses, or was away for too long
    public boolean read(Taker taker) throws ClientException, InterruptedException {
        while (true) {
            try {
                End end = readOnce(taker);
                if (end != End.CUT) {
                    return end == End.ENOUGH;
                }
            } catch (ClientException e) {
                patience.failed(e);
            }
        }
    }

    private End readOnce(Taker taker) throws ClientException, InterruptedException {
        HttpResponse<InputStream> answer = connection.stream("/api/tasks/" + task + "/stream?fullText=last", last);
        try (InputStream body = answer.body();
                Watch watch = new Watch(body, silence);
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            if (answer.statusCode() == 204) {
                return End.ALL;
            }
            return read(lines, watch, taker);
        } catch (IOException e) {
            throw connection.noAnswer(e);
        }
    }

    private End read(BufferedReader lines, Watch watch, Taker taker)
            throws IOException, ClientException, InterruptedException {
        boolean heard = false;
        boolean event = false;
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            watch.heard();
            if (line.startsWith("event:")) {
                event = line.substring(6).strip().equals("event");
            } else if (line.startsWith("data:")) {
                data = line.substring(5).strip();
            } else if (line.isEmpty()) {
                // Only a blank line ends an event; one that was cut before it comes again.
                heard = true;
                connected();
                if (event && !taker.take(next(data))) {
                    return End.ENOUGH;
                }
                event = false;
                watch.heard();
            }
        }
        if (!heard) {
            throw connection.noAnswer(new EOFException("the stream ended before it began"));
        }
        return End.CUT;
    }

    private void connected() {
        if (patience.succeeded()) {
            notes.accept("Connected again, after event " + last + ".");
        }
    }

    private TaskEvent next(String data) throws ClientException {
        JsonNode body;
        try {
            body = Connection.JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw ClientException.of("What answers at " + connection.base() + " sends events that are not JSON.");
        }
        long seq = body.path("seq").asLong(-1);
        if (seq != last + 1) {
            throw ClientException.of("Event " + seq + " of " + task + " came after event " + last
                    + ": the server's log is not what it was.");
        }
        last = seq;
        return new TaskEvent(seq, data, body);
    }
}
