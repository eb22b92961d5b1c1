package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentDriver.LoginFile;
import dev.sesame.credential.KeptLogin;
import dev.sesame.credential.LoginFiles;
import dev.sesame.event.EventBody.LogType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attempt's hold on its user's login, which the agent has as a file in its home and may write anew. What
/// it writes is kept for the user's next tasks soon after, and given to those that run, also if the server was away;
/// what it got is known by a fingerprint in the attempt's row. For one thread.
final class Login {
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final Run run;
    private final AgentDriver driver;
    private @Nullable String given;
    private @Nullable String seen;
    /// A renewal that could not be put into the home.
    private @Nullable String refused;

    private @Nullable Instant looked;

    Login(Run run, AgentDriver driver) {
        this.run = run;
        this.driver = driver;
        this.given = driver.loginFile().isEmpty()
                ? null
                : run.engine()
                        .database()
                        .read(tx -> tx.select(ATTEMPT.LOGIN_GIVEN)
                                .from(ATTEMPT)
                                .where(ATTEMPT.TASK_ID
                                        .eq(run.task().id())
                                        .and(ATTEMPT.ATTEMPT_.eq(run.task().attempt())))
                                .fetchSingle()
                                .value1());
    }

    /// Before the agent gets these files.
    void give(Map<Path, String> files) {
        String content = driver.loginFile().map(LoginFile::path).map(files::get).orElse(null);
        if (content != null) {
            seen = content;
            remember(LoginFiles.fingerprint(content));
        }
    }

    /// While the agent runs; mostly does nothing.
    void look(Instant now) {
        if (given != null && (looked == null || now.isAfter(looked.plus(OFTEN)))) {
            looked = now;
            takeBack();
            takeOver();
        }
    }

    /// After the agent's end: what it left of its login is kept, and no file of ours stays in the home.
    void end() {
        takeBack();
        for (Path file : driver.homeFiles()) {
            HomeFiles.delete(run.home(), run.home().resolve(file));
        }
    }

    private void takeBack() {
        String before = given;
        Optional<LoginFile> file = driver.loginFile();
        if (before == null || file.isEmpty()) {
            return;
        }
        Path path = run.home().resolve(file.get().path());
        String now = HomeFiles.read(run.home(), path, LoginFiles.LONGEST).orElse(null);
        if (now == null || now.equals(seen)) {
            return;
        }
        seen = now;
        String fingerprint = LoginFiles.fingerprint(now);
        if (fingerprint.equals(before)) {
            return;
        }
        run.journal().learn(LoginFiles.secrets(now));
        KeptLogin kept =
                run.engine().logins().takeBack(run.task().userId(), file.get().credential(), before, now);
        if (kept == KeptLogin.YES) {
            remember(fingerprint);
            run.journal().log(LogType.INFO, "The agent renewed its login; your next tasks use the new one");
        }
    }

    /// What another of the user's tasks made of the same login is given to this agent too: with many vendors
    /// the old one stops to hold when it is renewed. An agent that has renewed its own keeps that.
    private void takeOver() {
        String before = given;
        String known = seen;
        Optional<LoginFile> file = driver.loginFile();
        if (before == null
                || file.isEmpty()
                || known == null
                || !LoginFiles.fingerprint(known).equals(before)) {
            return;
        }
        Optional<String> renewed =
                run.engine().logins().renewal(run.task().userId(), file.get().credential(), before);
        if (renewed.isEmpty() || renewed.get().equals(refused)) {
            return;
        }
        run.journal().learn(LoginFiles.secrets(renewed.get()));
        if (HomeFiles.replace(run.home(), run.home().resolve(file.get().path()), known, renewed.get())) {
            seen = renewed.get();
            remember(LoginFiles.fingerprint(renewed.get()));
            run.journal().log(LogType.INFO, "Another task renewed the agent's login; this agent has the new one too");
        } else {
            refused = renewed.get();
        }
    }

    private void remember(String fingerprint) {
        given = fingerprint;
        run.journal()
                .write(
                        List.of(),
                        (tx, stored) -> AttemptTable.save(
                                AttemptTable.update(tx).set(ATTEMPT.LOGIN_GIVEN, fingerprint),
                                run.task().id(),
                                run.task().attempt()));
    }
}
