package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A kind of task: what it is told, what is done to it while it runs, and how it must end.
sealed interface Plot {

    String prompt();

    default boolean ask() {
        return false;
    }

    /// What the user does, until there is nothing more to do.
    default void act(Story story) throws InterruptedException {}

    void check(Story story) throws InterruptedException;

    /// The kinds in turn, with random numbers.
    static Plot next(int index, Random random) {
        int n = 10 + random.nextInt(200);
        return switch (index % 8) {
            case 0 -> new Plain(n, 1 + random.nextInt(20), random.nextInt(200_000));
            case 1 -> new Asks(n, random.nextBoolean());
            case 2 -> new Cancelled(random.nextInt(3000));
            case 3 -> new Mended(n);
            case 4 -> new FollowedUp(n, 5 + random.nextInt(50), random.nextInt(4000));
            case 5 -> new Crashing(n);
            case 6 -> new Forking(n);
            default -> new Plain(1000 + random.nextInt(2000), 0, 10);
        };
    }

    static String numbers(int n) {
        StringBuilder text = new StringBuilder();
        for (int k = 1; k <= n; k++) {
            text.append(k).append(' ');
        }
        return text.toString();
    }

    record Plain(int n, int pause, int bytes) implements Plot {
        @Override
        public String prompt() {
            return "demo: text " + n + " " + pause + "\ndemo: write out.txt " + (bytes + 1) + "\ndemo: run echo ok";
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("completed", "", 1);
            story.said(List.of(numbers(n)));
            assertThat(story.pushed("out.txt")).isEqualTo(bytes + 1);
        }
    }

    record Asks(int n, boolean allow) implements Plot {
        @Override
        public String prompt() {
            return "demo: text 3 0\ndemo: ask Mark it\ndemo: text " + n + " 5";
        }

        @Override
        public boolean ask() {
            return true;
        }

        @Override
        public void act(Story story) throws InterruptedException {
            JsonNode request = story.awaitKind("permission_request").path("permissionRequest");
            String path = "/permissions/" + request.path("requestId").asText();
            Api.Answer answer = story.post("permission", path, Map.of("decision", allow ? "allow" : "deny"));
            answer.expect(200, answer.repeated() ? 409 : 200);
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("completed", "", 1);
            story.said(List.of("1 2 3 ", numbers(n)));
            List<JsonNode> responses = story.ofKind("permission_response");
            assertThat(responses).hasSize(1);
            JsonNode response = responses.getFirst().path("permissionResponse");
            assertThat(response.path("decision").asText()).isEqualTo(allow ? "allow" : "deny");
            assertThat(response.path("decidedBy").asText()).isEqualTo(story.user());
            assertThat(story.pushed("NOTES.md")).isEqualTo(allow ? "Mark it\n".length() : -1);
        }
    }

    record Cancelled(int after) implements Plot {
        @Override
        public String prompt() {
            return "demo: fork 1\ndemo: text 100000 5";
        }

        @Override
        public void act(Story story) throws InterruptedException {
            Thread.sleep(after);
            Api.Answer answer = story.post("cancel", "/cancel", Map.of());
            answer.expect(200, answer.repeated() ? 409 : 200);
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("failed", "cancelled", 1);
            assertThat(story.texts())
                    .allSatisfy(text -> assertThat(numbers(100_000)).startsWith(text));
        }
    }

    /// Fails once, by a kill from inside, and does it at the second try.
    record Mended(int n) implements Plot {
        @Override
        public String prompt() {
            return "demo: text " + n
                    + " 5\ndemo: run test -e ~/tried || { touch ~/tried; kill -9 $PPID; }\ndemo: text 3 0";
        }

        @Override
        public void act(Story story) throws InterruptedException {
            story.retryAfterFailure();
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("completed", "", 2);
            story.said(List.of(numbers(n), numbers(n), "1 2 3 "));
        }
    }

    record Crashing(int n) implements Plot {
        @Override
        public String prompt() {
            return "demo: text " + n + " 3\ndemo: crash 7";
        }

        @Override
        public void act(Story story) throws InterruptedException {
            story.retryAfterFailure();
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("failed", "agent_crashed", 2);
            story.said(List.of(numbers(n), numbers(n)));
        }
    }

    /// The follow-up comes at any time: while the agent works, while its work is pushed, or after the end.
    record FollowedUp(int n, int more, int after) implements Plot {
        @Override
        public String prompt() {
            return "demo: text " + n + " 5\ndemo: write out.txt 5";
        }

        @Override
        public void act(Story story) throws InterruptedException {
            Thread.sleep(after);
            story.followUp("demo: text " + more + " 5\ndemo: write more.txt 7");
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("completed", "", 0);
            story.said(List.of(numbers(n), numbers(more)));
            assertThat(story.pushed("out.txt")).isEqualTo(5);
            assertThat(story.pushed("more.txt")).isEqualTo(7);
        }
    }

    record Forking(int n) implements Plot {
        @Override
        public String prompt() {
            return "demo: stubborn\ndemo: fork 2\ndemo: text " + n + " 5\ndemo: noise";
        }

        @Override
        public void check(Story story) throws InterruptedException {
            story.ended("completed", "", 1);
            story.said(List.of(numbers(n)));
        }
    }
}
