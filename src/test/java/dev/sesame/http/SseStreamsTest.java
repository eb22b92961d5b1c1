package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.http.SseStreams.Opening;
import dev.sesame.setting.Settings;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SseStreamsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Script script = new Script();
    private final AtomicBoolean valid = new AtomicBoolean(true);
    private volatile boolean nothing;
    private int port;

    @BeforeEach
    void start() throws Exception {
        var streams = new SseStreams(vertx, new Settings(Map.of("EVENTS_PING_SECONDS", "1")));
        Router router = Router.router(vertx);
        router.get("/")
                .handler(request -> streams.open(request, () -> {
                    if (nothing) {
                        return Optional.empty();
                    }
                    return Optional.of(new Opening(script, valid::get));
                }));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void the_head_goes_out_before_the_first_event() throws Exception {
        try (var client = new Client(port)) {
            assertThat(client.head())
                    .contains("HTTP/1.1 200 OK")
                    .contains("content-type: text/event-stream")
                    .contains("cache-control: no-cache, no-transform")
                    .contains("X-Accel-Buffering: no");
        }
    }

    @Test
    void events_come_in_order_from_hand_and_from_the_store_until_it_is_over() throws Exception {
        script.stored("a", "b");
        script.atHand("c");
        try (var client = new Client(port)) {
            client.head();
            script.atHand("d");
            script.end("e");

            assertThat(client.rest()).isEqualTo("abcde");
        }
        assertThat(script.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(script.closes).hasValue(1);
    }

    @Test
    void a_last_event_that_was_not_the_last_does_not_end_the_stream() throws Exception {
        script.perhapsLast("a");
        try (var client = new Client(port)) {
            client.head();
            script.asked.await();
            script.end("b");

            assertThat(client.rest()).isEqualTo("ab");
        }
    }

    @Test
    void an_idle_stream_is_pinged_and_ends_when_its_reader_is_no_longer_allowed() throws Exception {
        try (var client = new Client(port)) {
            client.head();
            assertThat(client.next(29)).isEqualTo("event: ping\ndata: keepalive\n\n");

            valid.set(false);

            assertThat(client.rest().replace("event: ping\ndata: keepalive\n\n", ""))
                    .isEmpty();
        }
    }

    @Test
    void a_reader_that_never_reads_costs_a_place_and_no_queue() throws Exception {
        script.endless = true;
        try (var client = new Client(port)) {
            client.head();
            // What the kernel's buffers take is a few megabytes; ask until nothing is taken any more.
            int before;
            do {
                before = script.polls.get();
                script.resting.await(500, TimeUnit.MILLISECONDS);
            } while (script.polls.get() != before);

            assertThat(script.polls.get()).isLessThan(1_000);
        }
        assertThat(script.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_client_that_leaves_closes_the_source_once() throws Exception {
        try (var client = new Client(port)) {
            client.head();
        }
        assertThat(script.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(script.closes).hasValue(1);
    }

    @Test
    void nothing_to_come_is_204() throws Exception {
        nothing = true;
        try (var client = new Client(port)) {
            assertThat(client.head()).startsWith("HTTP/1.1 204");
        }
    }

    /// A source that hands out what the test tells it to.
    private static final class Script implements SseSource {
        final CountDownLatch closed = new CountDownLatch(1);
        final CountDownLatch resting = new CountDownLatch(1);
        final CountDownLatch asked = new CountDownLatch(1);
        final AtomicInteger closes = new AtomicInteger();
        final AtomicInteger polls = new AtomicInteger();
        volatile boolean endless;
        private final ArrayDeque<String> stored = new ArrayDeque<>();
        private final ArrayDeque<String> atHand = new ArrayDeque<>();
        private String perhapsLast = "";
        private boolean over;
        private Runnable listener = () -> {};

        synchronized void stored(String... frames) {
            stored.addAll(List.of(frames));
        }

        synchronized void atHand(String frame) {
            atHand.add(frame);
            listener.run();
        }

        synchronized void perhapsLast(String frame) {
            perhapsLast = frame;
            atHand(frame);
        }

        synchronized void end(String frame) {
            over = true;
            perhapsLast(frame);
        }

        @Override
        public synchronized Batch poll(int maxBytes) {
            polls.incrementAndGet();
            if (endless) {
                return new Batch(List.of(new byte[maxBytes]), false, false);
            }
            if (!stored.isEmpty()) {
                return new Batch(List.of(), false, true);
            }
            return batch(atHand);
        }

        @Override
        public synchronized Batch load(int maxBytes) {
            return batch(stored);
        }

        private Batch batch(ArrayDeque<String> from) {
            List<byte[]> frames = new ArrayList<>();
            from.forEach(frame -> frames.add(frame.getBytes(StandardCharsets.UTF_8)));
            boolean last = from.contains(perhapsLast);
            from.clear();
            return new Batch(frames, last, !stored.isEmpty());
        }

        @Override
        public synchronized void onMore(Runnable more) {
            listener = more;
        }

        @Override
        public synchronized boolean over() {
            asked.countDown();
            return over && atHand.isEmpty() && stored.isEmpty();
        }

        @Override
        public void close() {
            closes.incrementAndGet();
            closed.countDown();
        }
    }

    /// Reads chunked HTTP from a socket, so that it can also not read.
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        }

        String head() throws IOException {
            var head = new StringBuilder();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }

        /// The next chunks, until there are so many characters.
        String next(int characters) throws IOException {
            var text = new StringBuilder();
            while (text.length() < characters && chunk(text)) {}
            return text.toString();
        }

        String rest() throws IOException {
            return next(Integer.MAX_VALUE);
        }

        private boolean chunk(StringBuilder text) throws IOException {
            int length = Integer.parseInt(in.readLine(), 16);
            for (int i = 0; i < length; i++) {
                text.append((char) in.read());
            }
            in.readLine();
            return length > 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
