package dev.sesame.sandbox.local;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notices when spools grow and runs end, for all sandboxes of a provider: at once through the kernel's file
/// notices, and by looking once a second, which also finds ends that nobody wrote down and helps where there are no
/// notices.
final class Activity implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Activity.class.getName());

    private final WatchService notices;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-sweep").factory());
    private final Map<LocalSandbox, Subscription> subscriptions = new ConcurrentHashMap<>();

    Activity() {
        try {
            notices = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new SandboxException("Can't watch files: " + e.getMessage(), e);
        }
        Thread.ofPlatform().daemon().name("sandbox-notices").start(this::listen);
        var _ = looking.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    void watch(LocalSandbox sandbox, @Nullable Runnable callback) {
        if (callback == null) {
            subscriptions.remove(sandbox);
            return;
        }
        var subscription = new Subscription(sandbox, callback);
        subscriptions.put(sandbox, subscription);
        subscription.listen();
        looking.execute(subscription::call);
    }

    @Override
    public void close() {
        looking.shutdownNow();
        try {
            notices.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing the watch", e);
        }
    }

    private void listen() {
        try {
            while (true) {
                WatchKey key = notices.take();
                List<WatchEvent<?>> events = key.pollEvents();
                key.reset();
                if (events.stream().anyMatch(Activity::matters)) {
                    // Few; and a map by directory would have to be kept in step with the other.
                    subscriptions.values().stream()
                            .filter(subscription -> subscription.directory().equals(key.watchable()))
                            .forEach(Subscription::call);
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            LOG.log(Level.DEBUG, "The watch is closed");
        }
    }

    private void look() {
        subscriptions.values().forEach(Subscription::look);
    }

    private static boolean matters(WatchEvent<?> event) {
        return event.kind() == OVERFLOW
                || switch (String.valueOf(event.context())) {
                    case "out", "err", "exit" -> true;
                    default -> false;
                };
    }

    private final class Subscription {
        private final LocalSandbox sandbox;
        private final Runnable callback;
        private @Nullable WatchKey key;
        private long seen = -1;

        Subscription(LocalSandbox sandbox, Runnable callback) {
            this.sandbox = sandbox;
            this.callback = callback;
        }

        Path directory() {
            return sandbox.directory();
        }

        void listen() {
            try {
                key = directory().register(notices, ENTRY_CREATE, ENTRY_MODIFY);
            } catch (IOException unavailable) {
                LOG.log(Level.DEBUG, "Only looking at {0}: {1}", directory(), unavailable);
            }
        }

        /// Serial, so the callback need not be safe against itself.
        synchronized void call() {
            try {
                callback.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "Told of activity in " + directory() + ", and it failed", e);
            }
        }

        void look() {
            try {
                boolean ended = sandbox.exit().isPresent();
                long size = sandbox.size(Stream.STDOUT) + sandbox.size(Stream.STDERR);
                if (ended || size != seen) {
                    seen = size;
                    call();
                }
                if (ended) {
                    forget();
                }
            } catch (RuntimeException discarded) {
                LOG.log(Level.DEBUG, "Can't look at " + directory(), discarded);
                forget();
            }
        }

        // Nothing more comes. The key stays where another instance for the same run listens by it.
        private void forget() {
            subscriptions.remove(sandbox, this);
            boolean shared = subscriptions.values().stream().anyMatch(other -> other.key == key);
            if (key != null && !shared) {
                key.cancel();
            }
        }
    }
}
