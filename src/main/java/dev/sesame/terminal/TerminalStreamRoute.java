package dev.sesame.terminal;

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

/// `GET /api/tasks/{id}/terminal/stream`: what the task's terminal shows, from any byte on, then live, until
/// nothing more can come.
@Singleton
final class TerminalStreamRoute {
    private final TaskStanding tasks;
    private final TerminalLog log;
    private final Authenticator authenticator;
    private final SseStreams streams;
    private final Map<String, Set<TerminalFrames>> viewers = new ConcurrentHashMap<>();

    TerminalStreamRoute(TaskStanding tasks, Database database, Authenticator authenticator, SseStreams streams) {
        this.tasks = tasks;
        this.log = new TerminalLog(database);
        this.authenticator = authenticator;
        this.streams = streams;
        database.listen(TerminalLog.CHANGES, this::changed);
    }

    void route(@Observes Router router) {
        Routes.get(
                router, "/api/tasks/:taskId/terminal/stream", request -> streams.open(request, () -> opening(request)));
    }

    private Optional<Opening> opening(RoutingContext request) {
        Caller caller = authenticator.require(request, Permission.TASKS_READ);
        String taskId = String.valueOf(request.pathParam("taskId"));
        boolean open = tasks.open(caller.userId(), taskId);
        long place = LastEventId.of(request).orElse(0L);
        long end = log.state(taskId).end();
        if (place > end) {
            throw Problem.BAD_REQUEST.because("Last-Event-ID is beyond what the terminal has shown");
        }
        if (!open && place == end) {
            return Optional.empty();
        }
        var source = new TerminalFrames(
                log, taskId, place, () -> tasks.open(caller.userId(), taskId), gone -> leave(taskId, gone));
        viewers.compute(taskId, (task, known) -> {
            Set<TerminalFrames> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(source);
            return all;
        });
        return Optional.of(new Opening(source, () -> authenticator.stillValid(caller, Permission.TASKS_READ)));
    }

    private void leave(String taskId, TerminalFrames viewer) {
        viewers.computeIfPresent(taskId, (task, all) -> all.remove(viewer) && all.isEmpty() ? null : all);
    }

    /// @param taskId empty after the announcements were interrupted: it may be anyone
    private void changed(String taskId) {
        if (taskId.isEmpty()) {
            viewers.values().forEach(all -> all.forEach(TerminalFrames::more));
        } else {
            viewers.getOrDefault(taskId, Set.of()).forEach(TerminalFrames::more);
        }
    }
}
