package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random and hostile requests to every operation, made from the document: none is answered with 500, none hangs,
/// and no answer is another than the document says. The seed is printed; `-Dsesame.seed=N` makes the same requests
/// again.
class HostileInputIT {
    private static final long SEED = Long.getLong("sesame.seed", System.nanoTime());
    private static final int CHUNK = 250;
    private static final int LANES = 4;

    @Test
    void aFewRandomRequests() throws Exception {
        attack(1_500);
    }

    @Test
    @Tag("attack")
    void manyRandomRequests() throws Exception {
        attack(20_000);
    }

    private static void attack(int requests) throws Exception {
        System.out.println("HostileInputIT: sesame.seed=" + SEED);
        Map<String, String> environment = new TreeMap<>(Callers.ENVIRONMENT);
        environment.put("RATE_LIMIT_AUTH_PER_MINUTE", "1000000");
        environment.put("RATE_LIMIT_KEY_PER_MINUTE", "1000000");
        List<String> faults = Collections.synchronizedList(new ArrayList<>());
        Map<String, Integer> statuses = Collections.synchronizedMap(new TreeMap<>());
        long begin = System.nanoTime();
        try (var server = SesameServer.start(environment);
                ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            server.repository("app");
            String busy = server.admin()
                    .post("/api/tasks", Map.of("prompt", "demo: sleep 600000", "repository", "app", "agent", "demo"))
                    .text("id");
            List<Future<?>> running = new ArrayList<>();
            for (int chunk = 0; chunk < requests / CHUNK; chunk++) {
                long seed = SEED + chunk;
                running.add(lanes.submit(() -> chunk(server, seed, faults, statuses)));
            }
            for (Future<?> each : running) {
                each.get();
            }
            assertThat(server.admin().get("/api/health").status()).isEqualTo(200);
            assertThat(server.output()).doesNotContain(" ERROR ");
            server.admin().post("/api/tasks/" + busy + "/cancel", null);
        }
        System.out.printf("%d requests in %.1f s: %s%n", requests, (System.nanoTime() - begin) / 1e9, statuses);
        assertThat(faults).as("seed %d", SEED).isEmpty();
        assertThat(statuses.keySet()).as("what was reached").contains("200", "201", "204", "400", "401", "404", "409");
    }

    /// Each chunk has users of its own, since it may sign them out and delete what is theirs.
    private static void chunk(SesameServer server, long seed, List<String> faults, Map<String, Integer> statuses) {
        HttpUser user = server.user();
        var requests = new RandomRequests(seed, things(user));
        List<HttpUser> callers = List.of(user, user, server.keyOf(user), server.anonymous(), server.admin());
        for (int i = 0; i < CHUNK; i++) {
            RandomRequests.Request request = requests.next();
            // An admin's hostile writes would change the server under the others.
            HttpUser caller = callers.get(requests.below(request.method().equals("GET") ? 5 : 4));
            Exchange.Result result = Exchange.of(caller, request);
            statuses.merge(Integer.toString(result.status()), 1, Integer::sum);
            result.fault()
                    .ifPresent(fault -> faults.add("request %d of %d: %s".formatted(requests.made(), seed, fault)));
        }
    }

    private static Map<String, List<String>> things(HttpUser user) {
        String task = user.post("/api/tasks", Map.of("prompt", "p", "repository", "app", "agent", "demo"))
                .text("id");
        String message = user.post("/api/tasks/" + task + "/messages", Map.of("prompt", "p"))
                .text("id");
        String key = user.post("/api/auth/api-key/create", Map.of()).text("id");
        return Map.of(
                "taskId", List.of(task),
                "messageId", List.of(message),
                "id", List.of(key),
                "keyId", List.of(key),
                "provider", List.of("anthropic", "openai"),
                "agent", List.of("demo", "claude-code", "codex"),
                "repository", List.of("app", "octocat/app"),
                "name", List.of("app"),
                "file", List.of("page.js", "page.css"));
    }
}
