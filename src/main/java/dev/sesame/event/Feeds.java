package dev.sesame.event;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The feeds of the tasks that somebody uses. A feed goes with its last user.
final class Feeds {
    private final ConcurrentMap<String, Held> held = new ConcurrentHashMap<>();

    /// To be given back with [#release].
    TaskFeed hold(String taskId) {
        return nonNull(held.compute(taskId, (_, known) -> known == null ? new Held(new TaskFeed(), 1) : known.plus(1)))
                .feed;
    }

    void release(String taskId) {
        held.computeIfPresent(taskId, (_, known) -> known.users == 1 ? null : known.plus(-1));
    }

    @Nullable
    TaskFeed find(String taskId) {
        Held known = held.get(taskId);
        return known == null ? null : known.feed;
    }

    Collection<TaskFeed> all() {
        return held.values().stream().map(Held::feed).toList();
    }

    private static Held nonNull(@Nullable Held computed) {
        if (computed == null) {
            throw new IllegalStateException();
        }
        return computed;
    }

    private record Held(TaskFeed feed, int users) {
        Held plus(int more) {
            return new Held(feed, users + more);
        }
    }
}
