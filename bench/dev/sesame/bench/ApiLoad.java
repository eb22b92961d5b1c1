package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.bench.Load.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// The API under load: a mix of requests by session among 100,000 tasks, health beside 1,000 running streams, and what a
/// key costs.
final class ApiLoad implements Measurement {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 20;
    private static final int STREAMS = 1_000;

    private static final String CREATE =
            "{\"prompt\":\"demo: text 1 0\",\"repository\":\"app\",\"agent\":\"demo\",\"branch\":\"main\"}";

    @Override
    public String name() {
        return "api";
    }

    @Override
    public List<Figure> measure() throws Exception {
        // One task at a time, and that one sleeps: so what is created waits.
        try (var server = SesameServer.start(Map.of("TASKS_MAX_RUNNING", "1", "RATE_LIMIT_KEY_PER_MINUTE", "1000000"))) {
            server.repository("app");
            HttpUser user = server.admin();
            server.stop();
            TaskList.fill(server);
            server.restart();
            Spool spool = Spool.begin(server, user);
            new Load(user, CONNECTIONS, n -> request(n, 50)).run(WARM_UP_SECONDS);
            var figures = new ArrayList<Figure>();
            figures.addAll(mixed(user, 20));
            figures.addAll(mixed(user, 50));
            figures.add(rendered(user));
            figures.add(key(server, user, spool.task()));
            figures.add(health(server, user, spool));
            return figures;
        }
    }

    /// Of 20 requests 8 are lists, 8 a task, 3 the settings and 1 makes a task. A list's length is most of the work.
    private static List<Figure> mixed(HttpUser user, int listed) throws Exception {
        Load.Result mixed = new Load(user, CONNECTIONS, n -> request(n, listed)).run(SECONDS);
        String load = "mixed load, 64 connections, 100,000 tasks, lists of " + listed;
        return List.of(
                Figure.atLeast(load, mixed.perSecond(), "requests/s", 4_000),
                Figure.atMost("  p99", mixed.times().millis(0.99), "ms", 50),
                Figure.fact("  p50", mixed.times().millis(0.5), "ms"),
                Figure.atMost("  answers of another status", mixed.refused(), "", 0));
    }

    /// As [#mixed], with lists that the server doesn't keep, which it does with the first page while nothing changes.
    private static Figure rendered(HttpUser user) throws Exception {
        Load.Result mixed = new Load(user, CONNECTIONS, n -> {
                    Request request = request(n, 50);
                    return request.path().contains("limit") ? Request.get(request.path() + "&offset=1") : request;
                })
                .run(SECONDS);
        return Figure.fact("  with lists of 50 that are all rendered anew", mixed.perSecond(), "requests/s");
    }

    private static Request request(int n, int listed) {
        return switch (n % 20) {
            case 0, 2, 4, 6, 8, 10, 12, 14 -> Request.get("/api/tasks?limit=" + listed);
            case 5, 11, 17 -> Request.get("/api/settings");
            case 9 -> new Request("POST", "/api/tasks", CREATE, 201);
            default -> Request.get("/api/tasks/task_filler" + (1 + n * 7919 % 100_000));
        };
    }

    private static Figure key(SesameServer server, HttpUser user, String task) throws Exception {
        HttpUser key = server.keyOf(user);
        var bySession = new Samples();
        var byKey = new Samples();
        for (int i = 0; i < 6; i++) {
            Load.Result session = new Load(user, 1, _ -> Request.get("/api/tasks/" + task)).run(4);
            Load.Result withKey = new Load(key, 1, _ -> Request.get("/api/tasks/" + task)).run(4);
            if (i > 0) {
                bySession.add((long) (session.times().millis(0.5) * 1e6));
                byKey.add((long) (withKey.times().millis(0.5) * 1e6));
            }
        }
        double more = (byKey.millis(0.5) - bySession.millis(0.5)) * 1000;
        return Figure.atMost("a key instead of a session costs, at p50", more, "µs", 50);
    }

    private static Figure health(SesameServer server, HttpUser user, Spool spool) throws Exception {
        var done = new AtomicBoolean();
        var streams = Collections.nCopies(STREAMS, "/api/tasks/" + spool.task() + "/stream?fullText=last");
        try (var swarm = new Swarm(user, streams)) {
            if (!swarm.awaitAnswers()) {
                throw new IllegalStateException("Not all readers were answered");
            }
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    write(spool);
                    LockSupport.parkNanos(20_000_000);
                }
            });
            Load.Result health = new Load(server.anonymous(), 1, _ -> Request.get("/api/health")).run(12);
            done.set(true);
            writer.join();
            return Figure.atMost(
                    "health while 1,000 streams get 50 lines/s each, p99", health.times().millis(0.99), "ms", 10);
        }
    }

    private static void write(Spool spool) {
        try {
            spool.write(1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
