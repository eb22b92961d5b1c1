package dev.sesame.task;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.event.EventLog;
import dev.sesame.event.FullText;
import dev.sesame.http.LastEventId;
import dev.sesame.http.Problem;
import dev.sesame.http.Routes;
import dev.sesame.http.SseStreams;
import dev.sesame.http.SseStreams.Opening;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `GET /api/tasks/{id}/stream`: a task's events from any point of its log on, then live, until nothing more can come.
@Singleton
final class TaskStreamRoute {
    private final Tasks tasks;
    private final EventLog log;
    private final Authenticator authenticator;
    private final SseStreams streams;

    TaskStreamRoute(Tasks tasks, EventLog log, Authenticator authenticator, SseStreams streams) {
        this.tasks = tasks;
        this.log = log;
        this.authenticator = authenticator;
        this.streams = streams;
    }

    void route(@Observes Router router) {
        Routes.get(router, "/api/tasks/:taskId/stream", request -> streams.open(request, () -> opening(request)));
    }

    private Optional<Opening> opening(RoutingContext request) {
        Caller caller = authenticator.require(request, Permission.TASKS_READ);
        String taskId = String.valueOf(request.pathParam("taskId"));
        Tasks.StreamState state = tasks.streamState(caller.userId(), taskId);
        long after = LastEventId.of(request).orElse(-1L);
        if (after >= state.nextSeq() && after >= 0) {
            throw Problem.BAD_REQUEST.because("Last-Event-ID is beyond the end of the log");
        }
        FullText fullText = fullText(request.queryParams().get("fullText"));
        if (!state.open() && after == state.nextSeq() - 1) {
            return Optional.empty();
        }
        var source =
                new TaskFrames(log.cursor(taskId, after, fullText), () -> tasks.streamState(caller.userId(), taskId));
        return Optional.of(new Opening(source, () -> authenticator.stillValid(caller, Permission.TASKS_READ)));
    }

    private static FullText fullText(@Nullable String wish) {
        if (wish == null) {
            return FullText.EACH;
        }
        if (wish.equals("last")) {
            return FullText.LAST;
        }
        throw Problem.BAD_REQUEST.because("fullText must be last, or be left out");
    }
}
