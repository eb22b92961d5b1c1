package dev.sesame.task;

import dev.sesame.agent.AgentDriver;
import dev.sesame.db.Ids;
import dev.sesame.git.GitException;
import dev.sesame.git.RepositoryRef;
import dev.sesame.http.Problem;
import dev.sesame.setting.SettingKeys;
import dev.sesame.task.Task.PullRequestMode;
import dev.sesame.task.Task.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether a request can become a task, and the task it becomes. 400 for what can never be, 422 for what lacks
/// something that the user can provide.
final class Admission {

    private static final int TITLE = 80;

    private final Engine engine;

    Admission(Engine engine) {
        this.engine = engine;
    }

    Task admit(String userId, NewTask request) {
        request.check();
        String agent = agent(request.agent());
        RepositoryRef repository = repository(Objects.requireNonNull(request.repository()));
        if (!repository.local() && engine.repositoryToken().apply(userId).isEmpty()) {
            throw Problem.UNPROCESSABLE_ENTITY.because(
                    "No token for " + engine.settings().get(SettingKeys.GITHUB_URL)
                            + ": set one under Settings › GitHub, or GITHUB_TOKEN in the server's environment");
        }
        engine.agent(agent).missing(engine.credentials().apply(userId)).ifPresent(missing -> {
            throw Problem.UNPROCESSABLE_ENTITY.because(missing);
        });
        if (repository.local() && request.pullRequestMode() != PullRequestMode.NONE) {
            throw Problem.UNPROCESSABLE_ENTITY.because(
                    "pullRequest: " + repository.name() + " is a local repository, which has no pull requests");
        }
        return task(userId, request, agent, repository, servers(userId, request, engine.agent(agent)));
    }

    private List<String> servers(String userId, NewTask request, AgentDriver driver) {
        List<String> asked = request.servers();
        if (driver.usesMcpServers()) {
            return engine.mcpServers().chosen(userId, asked);
        }
        if (asked != null && !asked.isEmpty()) {
            throw Problem.UNPROCESSABLE_ENTITY.because("mcpServers: the agent " + driver.id() + " can't use any");
        }
        return List.of();
    }

    private String agent(@Nullable String requested) {
        String agent = requested == null ? engine.settings().get(SettingKeys.TASKS_DEFAULT_AGENT) : requested;
        AgentDriver driver = engine.agents().get(agent);
        if (driver == null) {
            throw Problem.BAD_REQUEST.because("agent: unknown agent; known are "
                    + String.join(
                            ", ", engine.agents().keySet().stream().sorted().toList()));
        }
        if (agent.equals("demo") && !engine.settings().get(SettingKeys.AGENTS_DEMO_ENABLED)) {
            throw Problem.UNPROCESSABLE_ENTITY.because("agent: the demo agent is switched off (agents.demo.enabled)");
        }
        return agent;
    }

    private RepositoryRef repository(String name) {
        try {
            return engine.repositories().resolve(name);
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_REQUEST.because("repository: " + e.getMessage());
        } catch (GitException e) {
            throw Problem.UNPROCESSABLE_ENTITY.because("repository: " + e.getMessage());
        }
    }

    private Task task(String userId, NewTask request, String agent, RepositoryRef repository, List<String> mcpServers) {
        String id = Ids.next("task");
        String prompt = Secrets.redacted(engine, userId, Objects.requireNonNull(request.prompt()));
        Instant now = engine.clock().instant();
        return new Task(
                id,
                userId,
                title(prompt),
                prompt,
                TaskStatus.PENDING,
                null,
                0,
                agent,
                request.model(),
                repository.name(),
                request.branch(),
                "sesame/" + id.replace('_', '-'),
                request.ask(),
                Boolean.TRUE.equals(request.keepAlive()),
                request.pullRequestMode(),
                request.maxDurationMinutes(),
                1,
                StartMode.FRESH,
                null,
                null,
                null,
                Usage.UNKNOWN,
                null,
                null,
                now,
                null,
                null,
                now,
                null,
                0,
                mcpServers);
    }

    /// The first line, cut at 80 characters.
    static String title(String prompt) {
        String first = prompt.strip().lines().findFirst().orElse("").strip();
        return first.codePointCount(0, first.length()) <= TITLE
                ? first
                : first.substring(0, first.offsetByCodePoints(0, TITLE));
    }
}
