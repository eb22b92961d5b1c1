package dev.sesame.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.ModelServer.Hold;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/// Plays all acts with all agents: at the same time, as far as the server's queue lets them, since most of an act is
/// waiting; only those for which the server is killed, or its agents are others, come after them, all agents' at once.
final class Acts {
    private static final int PATIENCE_MINUTES = 12;

    /// What an agent's processes have in their command lines, and the commit of its work has not.
    private static final String AGENTS = "/opt/sesame/agents/";

    private final Stage stage;
    private final List<Candidate> candidates;
    private final List<Act> acts;
    private final Map<Candidate, Map<Act, Future<Played>>> played = new HashMap<>();

    Acts(Stage stage, List<Candidate> candidates, List<Act> acts) {
        this.stage = stage;
        this.candidates = candidates;
        this.acts = acts;
    }

    /// @param brief without what follows a task's first end
    void play(boolean brief) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Act act : acts) {
                for (Candidate who : candidates) {
                    if (!act.isTogether()) {
                        put(who, act, threads.submit(play(who, act, brief)));
                    }
                }
            }
        }
        together(Act.NEWER, this::newer);
        together(Act.ASKED_MEANWHILE, this::askedMeanwhile);
        together(Act.KILLED, this::killed);
    }

    private void together(Act act, Callable<Map<Candidate, Callable<Played>>> scene) throws InterruptedException {
        if (!acts.contains(act)) {
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            scene.call().forEach((who, rest) -> put(who, act, threads.submit(rest)));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            candidates.forEach(who -> put(who, act, CompletableFuture.failedFuture(e)));
        }
    }

    /// What became of it; fails as the act did.
    Played of(Candidate who, Act act) throws Exception {
        try {
            Future<Played> future =
                    requireNonNull(requireNonNull(played.get(who)).get(act));
            return future.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError(act + " with " + who + " could not be played", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(act + " with " + who + " does not end", e);
        }
    }

    private void put(Candidate who, Act act, Future<Played> future) {
        played.computeIfAbsent(who, _ -> new EnumMap<>(Act.class)).put(act, future);
    }

    private Callable<Played> play(Candidate who, Act act, boolean brief) {
        return () -> switch (act) {
            case WORK -> work(who, brief);
            case ASK -> ask(who);
            case ALWAYS -> always(who);
            case UNANSWERED -> stage.played(stage.create(who, "touch", true), Map.of());
            case PARALLEL -> stage.played(stage.create(who, "parallel", false), Map.of());
            case CANCELLED_AT_A_TOOL -> cancelled(who, "sleep", "tool_call");
            case CANCELLED_AT_WORDS -> cancelled(who, "slow", "message");
            case REJECTED -> stage.playedRejected(stage.createRejected(who));
            case LIMITED -> stage.played(stage.create(who, "err429", false), Map.of());
            case BROKEN -> stage.played(stage.create(who, "err500", false), Map.of());
            case DROPPED -> stage.played(stage.create(who, "drop", false), Map.of());
            case MCP -> stage.played(stage.createGreeting(who), Map.of());
            case HUGE -> stage.played(stage.create(who, "huge", false), Map.of());
            case KILLED, ASKED_MEANWHILE, NEWER -> throw new IllegalStateException("all agents' at once");
        };
    }

    private Played work(Candidate who, boolean brief) {
        String id = stage.create(who, "full", false);
        Map<String, String> notes = new HashMap<>();
        stage.follow(id);
        notes.put("model", stage.models("[[mock:full]] go for " + who));
        if (!brief) {
            String second = "[[mock:follow]] and now, " + id + "?";
            stage.followUp(id, second);
            stage.follow(id);
            notes.put("second request", stage.lastRequest(second));
            stage.forgetSession(id);
            String third = "[[mock:follow]] and then, " + id + "?";
            stage.followUp(id, third);
            stage.follow(id);
            notes.put("third request", stage.lastRequest(third));
        }
        return stage.played(id, notes);
    }

    private Played ask(Candidate who) {
        String id = stage.create(who, "perm", true);
        JsonNode write = stage.await(id, "permission_request");
        stage.answer(id, write, "allow");
        stage.answer(id, stage.awaitAfter(id, write, "permission_request"), "deny");
        return stage.played(id, Map.of());
    }

    private Played always(Candidate who) {
        String id = stage.create(who, "touch", true);
        JsonNode request = stage.await(id, "permission_request");
        stage.followUp(id, "[[mock:touch]] again");
        stage.answer(id, request, "allow_always");
        return stage.played(id, Map.of());
    }

    private Played cancelled(Candidate who, String scenario, String kind) {
        String id = stage.create(who, scenario, false);
        stage.await(id, kind);
        long begun = System.nanoTime();
        stage.cancel(id);
        long milliseconds = (System.nanoTime() - begun) / 1_000_000;
        String alive = stage.alive(id, AGENTS);
        stage.follow(id);
        return stage.played(
                id,
                Map.of(
                        "milliseconds",
                        Long.toString(milliseconds),
                        "left alive",
                        alive,
                        "alive at the end",
                        stage.alive(id, "")));
    }

    /// All agents ask; the server dies; they are answered, and it dies again in that moment.
    private Map<Candidate, Callable<Played>> killed() {
        Map<Candidate, String> ids = create("perm", true);
        Map<Candidate, JsonNode> requests = new HashMap<>();
        ids.forEach((who, id) -> requests.put(who, stage.await(id, "permission_request")));
        stage.kill();
        stage.restart();
        Map<Candidate, String> phases = new HashMap<>();
        ids.forEach((who, id) -> phases.put(who, stage.task(id).path("phase").asText()));
        requests.forEach((who, request) -> stage.answer(requireNonNull(ids.get(who)), request, "allow"));
        requests.replaceAll(
                (who, request) -> stage.awaitAfter(requireNonNull(ids.get(who)), request, "permission_request"));
        requests.forEach((who, request) -> stage.answer(requireNonNull(ids.get(who)), request, "allow"));
        stage.kill();
        stage.restart();
        return rest(
                ids, (who, id) -> stage.played(id, Map.of("phase after the kill", requireNonNull(phases.get(who)))));
    }

    /// The server dies while all models think; the agents then ask, and no server reads it until it is back.
    private Map<Candidate, Callable<Played>> askedMeanwhile() {
        Map<Candidate, Hold> holds = new HashMap<>();
        candidates.forEach(who -> holds.put(who, stage.model().hold(Stage.prompt(who, "perm"))));
        Map<Candidate, String> ids = create("perm", true);
        try {
            holds.values().forEach(Hold::awaitAsked);
            stage.kill();
        } finally {
            holds.values().forEach(Hold::close);
        }
        ids.values().forEach(stage::awaitAsking);
        stage.restart();
        return rest(ids, (who, id) -> {
            JsonNode write = stage.await(id, "permission_request");
            stage.answer(id, write, "allow");
            stage.answer(id, stage.awaitAfter(id, write, "permission_request"), "allow");
            return stage.played(id, Map.of());
        });
    }

    private Map<Candidate, Callable<Played>> newer() throws IOException, InterruptedException {
        try (Newer newer = new Newer(stage, candidates)) {
            Map<Candidate, String> ids = create("text", false);
            ids.values().forEach(stage::follow);
            String counted = newer.counted();
            return rest(ids, (who, id) -> stage.played(id, Map.of("counted", counted)));
        }
    }

    private Map<Candidate, String> create(String scenario, boolean ask) {
        Map<Candidate, String> ids = new HashMap<>();
        candidates.forEach(who -> ids.put(who, stage.create(who, scenario, ask)));
        return ids;
    }

    private static Map<Candidate, Callable<Played>> rest(
            Map<Candidate, String> ids, BiFunction<Candidate, String, Played> rest) {
        Map<Candidate, Callable<Played>> all = new HashMap<>();
        ids.forEach((who, id) -> all.put(who, () -> rest.apply(who, id)));
        return all;
    }
}
