package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.git.GitException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fetch and push against a real git host with tokens.
class RemoteHostTest {
    private static final String TOKEN = "ghp_abcdefghijklmnop0123456789";
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    Path temporary;

    private GitHttpServer host;
    private GitStore store;
    private TestGit origin;
    private RepositoryRef repository;

    @BeforeEach
    void start() {
        host = GitHttpServer.start(temporary.resolve("host"));
        store = new GitStore(temporary.resolve("store"), Duration.ofMinutes(1));
        origin = host.create("ada/app");
        host.allow(TOKEN, "ada/app");
        repository = named("ada/app");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void theDefaultBranchIsFetchedWithTheToken() {
        origin.run("branch", "other");

        Base base = store.fetch(repository, Optional.of(TOKEN), NONE, _ -> {});

        assertThat(base.branch()).isEqualTo("main");
        assertThat(base.commit()).isEqualTo(origin.head());
        assertThat(new TestGit(base.mirror()).run("for-each-ref", "--format=%(refname)"))
                .isEqualTo("refs/heads/main\nrefs/heads/other");
    }

    @Test
    void aSecondFetchOfAnUnchangedRepositoryTransfersNothing() {
        store.fetch(repository, Optional.of(TOKEN), NONE, _ -> {});
        int before = host.requests().size();

        store.fetch(repository, Optional.of(TOKEN), NONE, _ -> {});

        assertThat(host.requests().subList(before, host.requests().size()))
                .hasSize(3)
                .satisfies(all -> assertThat(all.getLast()).isEqualTo("POST /ada/app.git/git-upload-pack"));
    }

    @Test
    void theMirrorFollowsWhatTheRemoteDoes() {
        origin.run("branch", "feature");
        store.fetch(repository, Optional.of(TOKEN), NONE, _ -> {});
        String commit = push("second");
        origin.run("branch", "-D", "feature");
        origin.run("branch", "feature/deeper", "main");

        Base base = store.fetch(repository, Optional.of(TOKEN), Optional.of("feature/deeper"), _ -> {});

        assertThat(base.commit()).isEqualTo(commit);
        assertThat(base.branch()).isEqualTo("feature/deeper");
    }

    @Test
    void nobodyGetsTheMirrorWithoutATokenOfTheirOwn() {
        store.fetch(repository, Optional.of(TOKEN), NONE, _ -> {});
        host.allow("other-token", "ada/secret");

        refused(Reason.CREDENTIAL_REJECTED, "Repository ada/app needs a token, and none is set", () -> fetch(NONE));
        refused(
                Reason.CREDENTIAL_REJECTED,
                "The git host does not accept the token for ada/app; check that it is valid and may read and write"
                        + " this repository",
                () -> fetch(Optional.of("wrong-token")));
        refused(
                Reason.REPOSITORY_NOT_FOUND,
                "Repository ada/app was not found, or the token has no access to it",
                () -> fetch(Optional.of("other-token")));
    }

    @Test
    void anUnknownRepositoryIsSaidToBeMissing() {
        host.allow(TOKEN, "ada/none");
        refused(
                Reason.REPOSITORY_NOT_FOUND,
                "Repository ada/none was not found, or the token has no access to it",
                () -> store.fetch(named("ada/none"), Optional.of(TOKEN), NONE, _ -> {}));
    }

    @Test
    void aMissingBranchIsNamed() {
        refused(
                Reason.BRANCH_NOT_FOUND,
                "Repository ada/app has no branch nowhere",
                () -> store.fetch(repository, Optional.of(TOKEN), Optional.of("nowhere"), _ -> {}));
    }

    @Test
    void anEmptyRepositoryIsSaidToBeEmpty() {
        host.createEmpty("ada/empty");
        host.allow(TOKEN, "ada/empty");
        refused(
                Reason.EMPTY_REPOSITORY,
                "Repository ada/empty is empty; it needs a first commit",
                () -> store.fetch(named("ada/empty"), Optional.of(TOKEN), NONE, _ -> {}));
    }

    @Test
    void aHostThatIsNotThereIsSaidToBeUnreachable() {
        host.close();
        assertThatThrownBy(() -> fetch(Optional.of(TOKEN)))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HOST_UNREACHABLE))
                .hasMessageStartingWith("The git host of ada/app can't be reached: ");
    }

    @Test
    void anErrorOfTheHostIsItsOwn() {
        host.intercept(exchange -> {
            exchange.sendResponseHeaders(503, -1);
            return true;
        });
        assertThatThrownBy(() -> fetch(Optional.of(TOKEN)))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HOST_UNREACHABLE))
                .hasMessageContaining("503");
    }

    @Test
    void aPushMayBeRepeated() {
        String work = work();
        pushWork(work, NONE);
        pushWork(work, NONE);
        assertThat(origin.run("rev-parse", "sesame/task-1")).isEqualTo(work);

        String better = work();
        pushWork(better, Optional.of(work));
        pushWork(better, Optional.of(work));
        assertThat(origin.run("rev-parse", "sesame/task-1")).isEqualTo(better);
    }

    @Test
    void aForeignCommitOnTheBranchStopsThePush() {
        String work = work();
        origin.run("branch", "sesame/task-1", "main");

        refused(
                Reason.BRANCH_MOVED,
                "Branch sesame/task-1 of ada/app has a commit that Sesame did not push",
                () -> pushWork(work, NONE));
        refused(
                Reason.BRANCH_MOVED,
                "Branch sesame/task-1 of ada/app has a commit that Sesame did not push",
                () -> pushWork(work, Optional.of(work)));
        assertThat(origin.run("rev-parse", "sesame/task-1")).isEqualTo(origin.run("rev-parse", "main"));
    }

    @Test
    void aRefusedPushSaysWhatTheServerSaid() {
        String work = work();
        host.declinePushes("ada/app", "Only on working days.");
        refused(
                Reason.PUSH_REJECTED,
                "The git host refused the push to branch sesame/task-1 of ada/app (pre-receive hook declined):\n"
                        + "Only on working days.",
                () -> pushWork(work, NONE));
    }

    @Test
    void aTokenThatMayOnlyReadCanNotPush() {
        String work = work();
        host.allowReading(TOKEN, "ada/app");
        assertThatThrownBy(() -> pushWork(work, NONE))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREDENTIAL_REJECTED));
    }

    private RepositoryRef named(String name) {
        return new Repositories(List.of(), host.url()).resolve(name);
    }

    private void fetch(Optional<String> token) {
        store.fetch(repository, token, NONE, _ -> {});
    }

    private void pushWork(String commit, Optional<String> lease) {
        store.push(repository, Optional.of(TOKEN), commit, "sesame/task-1", lease);
    }

    /// The kept work of a new attempt: one new file on top of main.
    private String work() {
        Base base = store.fetch(repository, Optional.of(TOKEN), NONE, _ -> {});
        return AttemptWork.keep(store, repository, base, temporary);
    }

    private String push(String file) {
        var work = new TestGit(temporary.resolve("host/scratch/ada/app"));
        String commit = work.write(file, file).commit(file);
        work.run("push", "--quiet", temporary.resolve("host/ada/app.git").toString(), "main");
        return commit;
    }

    static void refused(Reason reason, String message, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }
}
