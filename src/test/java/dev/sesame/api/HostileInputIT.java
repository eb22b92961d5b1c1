package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
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
        ordinary(1_500);
    }

    @Test
    void aFewOfAdminsAndInTerminals() throws Exception {
        powerful(250);
    }

    @Test
    @Tag("attack")
    void manyRandomRequests() throws Exception {
        ordinary(16_000);
    }

    @Test
    @Tag("attack")
    void manyOfAdminsAndInTerminals() throws Exception {
        Findings findings = powerful(4_000);
        findings.assertReached("PATCH /api/settings", 200, 409);
        findings.assertReached("PATCH /api/admin/users/{userId}", 200);
        findings.assertReached("DELETE /api/admin/users/{userId}", 204, 404, 409);
        findings.assertReached("POST /api/admin/tasks/{taskId}/cancel", 200, 404, 409);
        findings.assertReached("POST /api/tasks/{taskId}/terminal/input", 409, 422);
        findings.assertReached("POST /api/tasks/{taskId}/terminal/resize", 204, 409);
    }

    private interface Chunk {
        void send(SesameServer server, long seed, Findings findings);
    }

    private static void ordinary(int requests) throws Exception {
        Findings findings = attack(Map.of(), requests / CHUNK, HostileInputIT::ordinaryChunk);
        findings.assertReached(200, 201, 204, 400, 401, 404, 409);
    }

    private static Findings powerful(int requests) throws Exception {
        Findings findings = attack(PowerfulCallers.ENVIRONMENT, requests / CHUNK, (server, seed, found) -> {
            try (var callers = new PowerfulCallers(server, seed)) {
                callers.send(seed, CHUNK, found);
            }
        });
        findings.assertReached(200, 204, 400, 404, 409);
        findings.assertReached("PATCH /api/settings", 400);
        findings.assertReached("PATCH /api/admin/users/{userId}", 400, 404);
        findings.assertReached("POST /api/tasks/{taskId}/terminal/input", 204, 400);
        findings.assertReached("POST /api/tasks/{taskId}/terminal/resize", 400);
        return findings;
    }

    private static Findings attack(Map<String, String> more, int chunks, Chunk chunk) throws Exception {
        System.out.println("HostileInputIT: sesame.seed=" + SEED);
        Map<String, String> environment = new TreeMap<>(Callers.ENVIRONMENT);
        environment.put("RATE_LIMIT_AUTH_PER_MINUTE", "1000000");
        environment.put("RATE_LIMIT_KEY_PER_MINUTE", "1000000");
        environment.putAll(more);
        Findings findings = new Findings();
        long begin = System.nanoTime();
        try (var server = SesameServer.start(environment);
                ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            server.repository("app");
            String busy = server.admin()
                    .post("/api/tasks", Map.of("prompt", "demo: sleep 600000", "repository", "app", "agent", "demo"))
                    .text("id");
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < chunks; i++) {
                long seed = SEED + i;
                running.add(lanes.submit(() -> chunk.send(server, seed, findings)));
            }
            for (Future<?> each : running) {
                each.get();
            }
            assertThat(server.admin().get("/api/health").status()).isEqualTo(200);
            server.admin().post("/api/tasks/" + busy + "/cancel", null);
            assertThat(server.output()).doesNotContain(" ERROR ");
        }
        System.out.printf("in %.1f s: %s%n", (System.nanoTime() - begin) / 1e9, findings);
        findings.assertFlawless();
        return findings;
    }

    /// Each chunk has users of its own, since it may sign them out and delete what is theirs.
    private static void ordinaryChunk(SesameServer server, long seed, Findings findings) {
        HttpUser user = server.user();
        var requests = new RandomRequests(seed, Operation.all(), things(user));
        List<HttpUser> callers = List.of(user, user, server.keyOf(user), server.anonymous(), server.admin());
        for (int i = 0; i < CHUNK; i++) {
            RandomRequests.Request request = requests.next();
            // An admin's hostile writes would change the server under the others; they are sent to another.
            HttpUser caller = callers.get(requests.below(request.method().equals("GET") ? 5 : 4));
            findings.add(seed, i, request.operation(), Exchange.of(caller, request));
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
