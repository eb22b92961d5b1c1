package dev.sesame.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One event stream: pumps frames from its source into the response as fast as the client takes them.
///
/// Its state belongs to its event loop. What blocks is done on a virtual thread meanwhile, one thing at a time; the
/// pump rests until it is back.
final class SseStream {
    private static final Logger LOG = System.getLogger(SseStream.class.getName());
    private static final String PING = "event: ping\ndata: keepalive\n\n";

    /// How much is written at once, also how much may wait in the connection.
    private static final int CHUNK = 64 * 1024;

    private final HttpServerResponse response;
    private final SseSource source;
    private final SseStreams.Opening opening;
    private final Context loop;
    private final SseStreams streams;
    private final AtomicBoolean wakeUnderWay = new AtomicBoolean();
    private volatile long pingAt;

    private boolean away;
    private boolean ended;
    private boolean released;

    SseStream(HttpServerResponse response, SseStreams.Opening opening, Context loop, SseStreams streams) {
        this.response = response;
        this.source = opening.source();
        this.opening = opening;
        this.loop = loop;
        this.streams = streams;
    }

    static void head(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
        response.putHeader("X-Accel-Buffering", "no");
    }

    void start() {
        head(response);
        response.setChunked(true);
        response.setWriteQueueMaxSize(CHUNK);
        response.exceptionHandler(gone -> finish());
        response.closeHandler(gone -> finish());
        // Nothing in it, but it sends the head: the client knows that it is connected before the first event.
        response.write(Buffer.buffer());
        schedulePing(System.nanoTime());
        streams.add(this);
        source.onMore(this::wake);
        pump();
    }

    /// From any thread. Many wakes before the pump gets to run are one.
    private void wake() {
        if (wakeUnderWay.compareAndSet(false, true)) {
            loop.runOnContext(go -> {
                wakeUnderWay.set(false);
                pump();
            });
        }
    }

    private void pump() {
        boolean more = true;
        while (more && !ended && !away) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> pump());
                return;
            }
            SseSource.Batch batch = source.poll(CHUNK);
            // Less than was asked for is all there is; what comes after that look wakes us again.
            more = send(batch) >= CHUNK;
            if (!away && batch.load()) {
                offLoop(() -> source.load(CHUNK), this::send);
            }
        }
    }

    /// Returns how many bytes it were.
    private int send(SseSource.Batch batch) {
        int bytes = batch.frames().stream().mapToInt(frame -> frame.length).sum();
        if (bytes > 0) {
            // One write for all of them: each is a system call.
            Buffer all = Buffer.buffer(bytes);
            batch.frames().forEach(all::appendBytes);
            response.write(all);
        }
        if (batch.perhapsLast()) {
            offLoop(source::over, this::endIf);
        }
        return bytes;
    }

    private <T> void offLoop(Callable<T> work, Consumer<T> then) {
        away = true;
        Thread.startVirtualThread(() -> {
            try {
                T result = work.call();
                loop.runOnContext(go -> back(() -> then.accept(result)));
            } catch (Exception e) {
                loop.runOnContext(go -> back(() -> fail(e)));
            }
        });
    }

    private void back(Runnable then) {
        away = false;
        if (!ended) {
            then.run();
        }
        pump();
        release();
    }

    private void endIf(boolean over) {
        if (over) {
            response.end();
            finish();
        }
    }

    /// The client is told nothing but the end; it comes again and hears then what is wrong.
    private void fail(Exception fault) {
        if (!(fault instanceof ProblemException)) {
            LOG.log(Level.WARNING, "An event stream ended early", fault);
        }
        endIf(true);
    }

    /// From any thread.
    void endNow() {
        loop.runOnContext(now -> endIf(!ended));
    }

    boolean pingDue(long now) {
        if (now - pingAt < 0) {
            return false;
        }
        schedulePing(now);
        return true;
    }

    private void schedulePing(long now) {
        pingAt = now + TimeUnit.SECONDS.toNanos(streams.pingSeconds());
    }

    /// Blocks. Ends the stream of who may not read any more.
    void checkAndPing() {
        boolean valid;
        try {
            valid = opening.valid().getAsBoolean();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Whether a stream's reader is still allowed could not be checked", e);
            valid = true;
        }
        boolean go = valid;
        loop.runOnContext(now -> ping(go));
    }

    private void ping(boolean valid) {
        if (ended) {
            return;
        }
        if (!valid) {
            endIf(true);
        } else if (!response.writeQueueFull()) {
            response.write(Buffer.buffer(PING));
            if (!away) {
                // A task's end need not be an event's; this finds it.
                offLoop(source::over, this::endIf);
            }
        }
    }

    private void finish() {
        if (!ended) {
            ended = true;
            streams.remove(this);
            release();
        }
    }

    // Not while the source is at work on another thread.
    private void release() {
        if (ended && !away && !released) {
            released = true;
            source.close();
        }
    }
}
