package dev.sesame.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Answers each connection with the next of the answers it was given, byte by byte as they are written, and remembers
/// what it was asked.
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

    ScriptedServer() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /// @param head the status line and headers, lines separated by `|`
    ScriptedServer then(String head, String body) {
        answers.add("HTTP/1.1 " + head.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n" + body);
        return this;
    }

    /// Says this much of a stream, and nothing more on a connection that stays open.
    ScriptedServer thenSilence(String body) {
        answers.add("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + body);
        return this;
    }

    /// The heads of the requests so far, in their order.
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                String head = head(connection);
                requests.add(head);
                String answer = answers.poll();
                if (answer == null) {
                    connection.close();
                    continue;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                if (answer.contains("Connection: close")) {
                    connection.close();
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static String head(Socket connection) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder head = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
