package dev.sesame.bench;

import dev.sesame.HttpUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Connections that stay open, each with one request under way at any time, on the caller's thread: a client that costs
/// little beside the server that it measures. Answers have a `Content-Length` or come in chunks, and are not long.
final class Load {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpUser user;
    private final int connections;
    private final IntFunction<Request> requests;
    private int begun;
    private int refused;

    /// @param body empty for none
    /// @param status that the answer must have
    record Request(String method, String path, String body, int status) {
        static Request get(String path) {
            return new Request("GET", path, "", 200);
        }
    }

    /// @param seconds that it took
    /// @param refused answers of another status than they should have
    record Result(Samples times, double seconds, int refused) {
        double perSecond() {
            return times.size() / seconds;
        }
    }

    private final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(256 << 10);
        private final SocketChannel channel;
        private Request request;
        private long since;

        Connection() throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), user.base().getPort()));
            channel.configureBlocking(false);
            send();
        }

        private void send() throws IOException {
            request = requests.apply(begun++);
            var text = new StringBuilder(request.method + " " + request.path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                    + user.base().getPort() + "\r\nAccept: application/json\r\n");
            user.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
            if (!request.body.isEmpty()) {
                text.append("Content-Type: application/json\r\nContent-Length: " + request.body.length() + "\r\n");
            }
            text.append("\r\n").append(request.body);
            in.clear();
            since = System.nanoTime();
            ByteBuffer out = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /// @return whether the answer is whole
        boolean read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("The server closed a connection after " + request);
            }
            String head = new String(in.array(), 0, Math.min(in.position(), 4096), StandardCharsets.ISO_8859_1);
            int end = head.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            Matcher length = LENGTH.matcher(head.substring(0, end + 2));
            if (length.find()) {
                return in.position() >= end + 4 + Integer.parseInt(length.group(1));
            }
            int last = in.position() - LAST_CHUNK.length;
            return Arrays.equals(in.array(), last, in.position(), LAST_CHUNK, 0, LAST_CHUNK.length);
        }

        int status() {
            return Integer.parseInt(new String(in.array(), 9, 3, StandardCharsets.ISO_8859_1));
        }
    }

    /// @param requests the request of each number, from 0
    Load(HttpUser user, int connections, IntFunction<Request> requests) {
        this.user = user;
        this.connections = connections;
        this.requests = requests;
    }

    /// Runs for a while; what comes in the first third warms up and does not count.
    Result run(int seconds) throws IOException {
        var times = new Samples();
        long begin = System.nanoTime();
        long counting = begin + seconds * 1_000_000_000L / 3;
        long end = begin + seconds * 1_000_000_000L;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                var connection = new Connection();
                connection.channel.register(selector, SelectionKey.OP_READ, connection);
            }
            while (System.nanoTime() < end) {
                selector.select(key -> answered((Connection) key.attachment(), counting, times), 1000);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return new Result(times, (end - counting) / 1e9, refused);
    }

    private void answered(Connection connection, long counting, Samples times) {
        try {
            if (connection.read()) {
                long now = System.nanoTime();
                if (now > counting) {
                    times.add(now - connection.since);
                }
                if (connection.status() != connection.request.status) {
                    refused++;
                }
                connection.send();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
