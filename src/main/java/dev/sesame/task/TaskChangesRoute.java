package dev.sesame.task;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.db.Database;
import dev.sesame.http.LastEventId;
import dev.sesame.http.Problem;
import dev.sesame.http.Routes;
import dev.sesame.http.SseStreams;
import dev.sesame.http.SseStreams.Opening;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// `GET /api/events`: the changes of all the caller's tasks, for lists and notifications. Begins now, or after the
/// `Last-Event-ID` given; each id is a place in the user's own sequence of changes.
@Singleton
final class TaskChangesRoute {
    private final Tasks tasks;
    private final Authenticator authenticator;
    private final SseStreams streams;
    private final Map<String, Set<ChangeFrames>> readers = new ConcurrentHashMap<>();

    TaskChangesRoute(Tasks tasks, Database database, Authenticator authenticator, SseStreams streams) {
        this.tasks = tasks;
        this.authenticator = authenticator;
        this.streams = streams;
        database.listen(TaskTable.CHANGES, this::changed);
    }

    void route(@Observes Router router) {
        Routes.get(router, "/api/events", request -> streams.open(request, () -> Optional.of(opening(request))));
    }

    private Opening opening(RoutingContext request) {
        Caller caller = authenticator.require(request, Permission.TASKS_READ);
        String userId = caller.userId();
        long last = tasks.lastChange(userId);
        long after = LastEventId.of(request).orElse(last);
        if (after > last) {
            throw Problem.BAD_REQUEST.because("Last-Event-ID is beyond the last change");
        }
        var source = new ChangeFrames(
                after, place -> tasks.changesAfter(userId, place, ChangeFrames.PAGE), gone -> leave(userId, gone));
        readers.compute(userId, (user, known) -> {
            Set<ChangeFrames> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(source);
            return all;
        });
        return new Opening(source, () -> authenticator.stillValid(caller, Permission.TASKS_READ));
    }

    private void leave(String userId, ChangeFrames source) {
        readers.computeIfPresent(userId, (user, all) -> all.remove(source) && all.isEmpty() ? null : all);
    }

    /// @param userId empty after the announcements were interrupted: it may be anyone
    private void changed(String userId) {
        if (userId.isEmpty()) {
            readers.values().forEach(all -> all.forEach(ChangeFrames::more));
        } else {
            readers.getOrDefault(userId, Set.of()).forEach(ChangeFrames::more);
        }
    }
}
