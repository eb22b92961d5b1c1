package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server, one of each kind of caller, and something of the owner's that nobody else may see or touch. No
/// task runs there but one that takes the only place, so that nothing changes by itself.
final class Callers implements AutoCloseable {
    private static final List<String> PERMISSIONS = List.of(
            "tasks:read",
            "tasks:write",
            "terminal:write",
            "repos:read",
            "settings:read",
            "credentials:read",
            "credentials:write",
            "admin:read",
            "admin:write");

    /// The owner's keys have the one permission that is needed, or all others.
    enum Kind {
        ANONYMOUS,
        OWNER,
        OTHER,
        ADMIN,
        SESSION_ENDED,
        SESSION_OF_DELETED,
        SESSION_FORGED,
        KEY_WITH,
        BEARER_WITH,
        KEY_WITHOUT,
        KEY_UNKNOWN,
        KEY_EXPIRED,
        KEY_DISABLED,
        KEY_OF_DELETED
    }

    record Answered(int status, String text) {}

    /// No GitHub answers there.
    static final Map<String, String> ENVIRONMENT =
            Map.of("ALLOW_USER_REGISTRATION", "true", "TASKS_MAX_RUNNING", "1", "GITHUB_API_URL", "http://127.0.0.1:1");

    private final SesameServer server = SesameServer.start(ENVIRONMENT);
    private final HttpUser admin = server.admin();
    private final HttpUser owner = server.signUp("Owner", "owner@example.com");
    private final HttpUser other = server.signUp("Other", "other@example.com");
    private final HttpUser ended = server.signUp("Ended", "ended@example.com");
    private final HttpUser deleted = server.signUp("Deleted", "deleted@example.com");
    private final Map<String, HttpUser> keys = new TreeMap<>();
    private final Map<String, String> shared;
    private final HttpUser expiredKey;
    private final HttpUser disabledKey;
    private final HttpUser keyOfDeleted;
    private final String busy;

    Callers() {
        server.repository("app");
        busy = task(admin, "demo: sleep 600000");
        shared = fresh(List.of("{taskId}", "{messageId}", "{keyId}", "{userId}"));
        expiredKey = key(owner, Map.of("expiresIn", 1));
        disabledKey = disabled();
        keyOfDeleted = key(deleted, Map.of());
        assertThat(ended.post("/api/auth/sign-out", null).status()).isEqualTo(200);
        assertThat(admin.delete("/api/admin/users/" + id(deleted)).status()).isEqualTo(204);
        awaitExpiry();
    }

    private HttpUser disabled() {
        Answer made = owner.post("/api/auth/api-key/create", Map.of());
        owner.post("/api/auth/api-key/update", Map.of("keyId", made.text("id"), "enabled", false));
        return server.withKey(made.text("key"));
    }

    private void awaitExpiry() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (expiredKey.get("/api/tasks").status() != 401) {
            assertThat(System.nanoTime()).as("the key expires").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    HttpUser user(Kind kind, Row row) {
        return switch (kind) {
            case ANONYMOUS -> server.anonymous();
            case OWNER -> owner;
            case OTHER -> other;
            case ADMIN -> admin;
            case SESSION_ENDED -> ended;
            case SESSION_OF_DELETED -> deleted;
            case SESSION_FORGED -> owner.with("Cookie", owner.header("Cookie").replaceAll(".{6}$", "AAA%3D"));
            case KEY_WITH -> keyWith(row, true);
            case BEARER_WITH -> {
                String key = keyWith(row, true).header("X-API-Key");
                yield new HttpUser(server.base(), Map.of("Authorization", "Bearer " + key));
            }
            case KEY_WITHOUT -> keyWith(row, false);
            case KEY_UNKNOWN -> server.withKey("sk_" + "x".repeat(48));
            case KEY_EXPIRED -> expiredKey;
            case KEY_DISABLED -> disabledKey;
            case KEY_OF_DELETED -> keyOfDeleted;
        };
    }

    private HttpUser keyWith(Row row, boolean with) {
        HttpUser holder = row.adminOnly() ? admin : owner;
        String permission = row.who().contains(":") ? row.who() : "tasks:read";
        return keys.computeIfAbsent(
                permission + with + row.adminOnly(),
                name -> key(holder, Map.of("permissions", table(permission, with, row.adminOnly()))));
    }

    private static Map<String, List<String>> table(String permission, boolean with, boolean admins) {
        Map<String, List<String>> table = new TreeMap<>();
        PERMISSIONS.stream()
                .filter(each -> each.equals(permission) == with && (admins || !each.startsWith("admin:")))
                .forEach(each -> table.computeIfAbsent(each.split(":")[0], name -> new ArrayList<>())
                        .add(each.split(":")[1]));
        return table;
    }

    private HttpUser key(HttpUser holder, Map<String, Object> body) {
        return server.withKey(holder.post("/api/auth/api-key/create", body).text("key"));
    }

    HttpUser keyOfDemotedAdmin() {
        HttpUser second = server.user();
        Map<String, Object> admins = Map.of("role", "admin");
        assertThat(admin.patch("/api/admin/users/" + id(second), admins).status())
                .isEqualTo(200);
        HttpUser key = key(second, Map.of("permissions", Map.of("admin", List.of("read"), "tasks", List.of("read"))));
        assertThat(key.get("/api/admin/users").status()).isEqualTo(200);
        admin.patch("/api/admin/users/" + id(second), Map.of("role", "user"));
        return key;
    }

    /// Makes the row's call; about new things if it will succeed, since it may use them up.
    Answered call(HttpUser user, Row row, boolean allowed) {
        List<String> needed = List.of("{taskId}", "{messageId}", "{keyId}", "{userId}").stream()
                .filter(name -> (row.call() + row.body()).contains(name))
                .toList();
        Map<String, String> things = allowed && !needed.isEmpty() ? fresh(needed) : shared;
        // Some of what browsers may do ends their session or changes their password.
        boolean spent = allowed && !row.own() && row.who().matches("browser|anyone-but-keys");
        HttpUser caller = spent && List.of(owner, other, admin).contains(user) ? server.user() : user;
        String path = filled(row.call().replaceFirst("^[A-Z]+ ", ""), things);
        if (Operation.named(row.operation()).streams()) {
            try (SseReader stream = caller.stream(path, null)) {
                return new Answered(stream.status(), "a stream");
            }
        }
        String body = filled(row.body(), things);
        Answer answer = caller.send(row.call().replaceFirst(" .*", ""), path, body.isEmpty() ? null : body);
        return new Answered(answer.status(), answer.body());
    }

    private static String filled(String text, Map<String, String> things) {
        String filled = text;
        for (Map.Entry<String, String> thing : things.entrySet()) {
            filled = filled.replace(thing.getKey(), thing.getValue());
        }
        return filled.replace("{provider}", "anthropic")
                .replace("{agent}", "claude-code")
                .replace("{requestId}", "perm_none")
                .replace("{file}", "page.css")
                .replace("{owner}/{repo}", "octocat/app")
                .replace("{name}", "app")
                .replace("{unique}", "n" + Long.toHexString(System.nanoTime()))
                .replace("{token}", "AbCdEfGhIjKlMnOpQrStUvWxYz012345")
                .replace("{providerId}", "nobody");
    }

    private Map<String, String> fresh(List<String> names) {
        Map<String, String> things = new TreeMap<>();
        for (String name : names) {
            things.put(
                    name,
                    switch (name) {
                        case "{taskId}" -> task(owner, "SECRET-PROMPT");
                        case "{messageId}" ->
                            owner.post("/api/tasks/" + things.get("{taskId}") + "/messages", Map.of("prompt", "p"))
                                    .text("id");
                        case "{keyId}" ->
                            owner.post("/api/auth/api-key/create", Map.of()).text("id");
                        default -> id(server.user());
                    });
        }
        return things;
    }

    private static String task(HttpUser user, String prompt) {
        Answer answer = user.post("/api/tasks", Map.of("prompt", prompt, "repository", "app", "agent", "demo"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.text("id");
    }

    private static String id(HttpUser user) {
        return user.get("/api/auth/get-session").json().at("/user/id").asText();
    }

    String sharedTask() {
        return shared.getOrDefault("{taskId}", "");
    }

    String ownerId() {
        return id(owner);
    }

    /// What only refused calls were about is as it was.
    void assertUntouched() {
        JsonNode task = owner.get("/api/tasks/" + sharedTask()).json();
        assertThat(task.path("status").asText()).isEqualTo("pending");
        assertThat(owner.get("/api/tasks/" + sharedTask() + "/messages/queued")
                        .json()
                        .path("messages"))
                .hasSize(1);
        Answer key = owner.get("/api/auth/api-key/get?id=" + shared.get("{keyId}"));
        assertThat(key.json().path("enabled").asBoolean()).isTrue();
    }

    @Override
    public void close() {
        admin.post("/api/tasks/" + busy + "/cancel", null);
        server.close();
    }
}
