package dev.sesame.db;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The listeners of this server and the one thread that calls them, in the order of the announcements.
final class Announcements implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Announcements.class.getName());

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sesame-db-announce").factory());

    void listen(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    void deliver(Collection<Announcement> announcements) {
        if (!announcements.isEmpty() && !listeners.isEmpty()) {
            thread.execute(() -> announcements.forEach(this::call));
        }
    }

    /// Some may have been missed.
    void deliverAnything() {
        thread.execute(() -> listeners.keySet().forEach(channel -> call(new Announcement(channel, ""))));
    }

    private void call(Announcement announcement) {
        for (Consumer<String> listener : listeners.getOrDefault(announcement.channel(), List.of())) {
            try {
                listener.accept(announcement.name());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A listener on " + announcement.channel() + " failed", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
