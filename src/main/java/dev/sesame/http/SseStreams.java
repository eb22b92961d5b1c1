package dev.sesame.http;

import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// The open event streams of this server, and the one clock that pings them all.
@Singleton
public final class SseStreams {
    private static final Duration TICK = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Settings settings;
    private final Set<SseStream> streams = ConcurrentHashMap.newKeySet();

    public SseStreams(Vertx vertx, Settings settings) {
        this.vertx = vertx;
        this.settings = settings;
        vertx.setPeriodic(TICK.toMillis(), timer -> tick());
    }

    /// @param source closed with the stream
    /// @param valid asked at each ping, on a virtual thread: whether the client may still read
    public record Opening(SseSource source, BooleanSupplier valid) {}

    /// Answers a request with a stream. Call it on the request's event loop.
    ///
    /// @param prepare runs on a virtual thread and may block; throws what the client is refused with; empty answers
    ///     204, which tells a browser not to come again
    public void open(RoutingContext request, Callable<Optional<Opening>> prepare) {
        Context loop = vertx.getOrCreateContext();
        Thread.startVirtualThread(() -> {
            try {
                Optional<Opening> opening = prepare.call();
                loop.runOnContext(go -> begin(request, opening, loop));
            } catch (Exception e) {
                loop.runOnContext(go -> request.fail(e));
            }
        });
    }

    private void begin(RoutingContext request, Optional<Opening> opening, Context loop) {
        if (opening.isEmpty()) {
            request.response().setStatusCode(204).end();
        } else if (request.response().closed() || request.request().method().equals(HttpMethod.HEAD)) {
            opening.get().source().close();
            SseStream.head(request.response());
            request.response().end();
        } else {
            new SseStream(request.response(), opening.get(), loop, this).start();
        }
    }

    /// How many are open.
    public int count() {
        return streams.size();
    }

    int pingSeconds() {
        return settings.get(SettingKeys.EVENTS_PING_SECONDS);
    }

    void add(SseStream stream) {
        streams.add(stream);
    }

    void remove(SseStream stream) {
        streams.remove(stream);
    }

    /// The server stops. Streams would never end by themselves, and their clients come again to the next server.
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        streams.forEach(SseStream::endNow);
    }

    private void tick() {
        long now = System.nanoTime();
        List<SseStream> due =
                streams.stream().filter(stream -> stream.pingDue(now)).toList();
        if (!due.isEmpty()) {
            // One after the other: thousands that are due together must not crowd the database.
            Thread.startVirtualThread(() -> due.forEach(SseStream::checkAndPing));
        }
    }
}
