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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Many readers of event streams on one thread, which cost little beside the server that they measure. Each checks
/// that its events' ids rise by one, and takes the time that an event's text says it was written at.
final class Swarm implements AutoCloseable {
    private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STAMP = "at=".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::read);
    private final Samples delays = new Samples();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private volatile long since = Long.MIN_VALUE;
    private volatile boolean closed;

    private static final class Reader {
        long next = -1;
        byte[] rest = new byte[0];
        boolean answered;
    }

    Swarm(HttpUser user, List<String> paths) throws IOException {
        for (String path : paths) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), user.base().getPort()));
            String headers = user.headers().entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining());
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + user.base().getPort() + "\r\n" + headers
                    + "Accept: text/event-stream\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Reader());
            channels.add(channel);
            if (channels.size() == 1) {
                thread.start();
            } else {
                selector.wakeup();
            }
        }
    }

    /// Waits until as many events were read by all readers together; false if that takes more than two minutes.
    boolean await(long count) throws InterruptedException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (events.get() < count && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return events.get() >= count;
    }

    /// Waits until each has the head of its answer.
    boolean awaitAnswers() throws InterruptedException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (started.get() < channels.size() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return started.get() == channels.size();
    }

    long events() {
        return events.get();
    }

    /// Only lines that are written from now on count for [#delays]; what a stream begins with is older.
    void countFromNow() {
        since = System.nanoTime();
    }

    /// Events whose id was not the one after the last, and connections that ended.
    long broken() {
        return broken.get();
    }

    /// Of the events that said when they were written. Read it after [#close].
    Samples delays() {
        return delays;
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
        try {
            while (!closed) {
                selector.select(1000);
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    int read = ((SocketChannel) key.channel()).read(buffer);
                    if (read < 0) {
                        key.cancel();
                        broken.incrementAndGet();
                    } else {
                        take((Reader) key.attachment(), buffer.flip());
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            if (!closed) {
                broken.addAndGet(1_000_000);
            }
        }
    }

    /// Takes whole lines; what chunked encoding puts between them never looks like one of ours.
    private void take(Reader reader, ByteBuffer read) {
        long now = System.nanoTime();
        byte[] bytes = new byte[reader.rest.length + read.remaining()];
        System.arraycopy(reader.rest, 0, bytes, 0, reader.rest.length);
        read.get(bytes, reader.rest.length, read.remaining());
        if (!reader.answered) {
            reader.answered = true;
            started.incrementAndGet();
        }
        int line = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                line(reader, bytes, line, i, now);
                line = i + 1;
            }
        }
        reader.rest = java.util.Arrays.copyOfRange(bytes, line, bytes.length);
    }

    private void line(Reader reader, byte[] bytes, int from, int to, long now) {
        if (startsWith(bytes, from, to, ID)) {
            long id = number(bytes, from + ID.length);
            if (reader.next >= 0 && id != reader.next) {
                broken.incrementAndGet();
            }
            reader.next = id + 1;
            events.incrementAndGet();
        } else {
            int limit = Math.min(to, from + 160);
            for (int i = from; i < limit; i++) {
                if (startsWith(bytes, i, limit, STAMP)) {
                    long written = number(bytes, i + STAMP.length);
                    if (written >= since) {
                        delays.add(now - written);
                    }
                    return;
                }
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length
                && java.util.Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
