package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.sesame.git.GitException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the token goes, and what becomes of git when its task is cancelled.
class TokenSecrecyTest {
    private static final String TOKEN = "ghp_Z9abcdefghijklmnop0123456789";

    @TempDir
    Path temporary;

    private GitHttpServer host;
    private GitStore store;
    private RepositoryRef repository;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void start() {
        host = GitHttpServer.start(temporary.resolve("host"));
        store = new GitStore(temporary.resolve("store"), Duration.ofMinutes(1));
        host.create("ada/app");
        host.allow(TOKEN, "ada/app");
        repository = new Repositories(List.of(), host.url()).resolve("ada/app");
    }

    @AfterEach
    void stop() {
        released.countDown();
        host.close();
    }

    @Test
    void theTokenIsInNoArgumentAndNoFile() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        holdAuthorisedRequests();
        var fetching = CompletableFuture.supplyAsync(() -> fetch(repository));
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();

        List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
        assertThat(running).anySatisfy(git -> assertThat(read(git, "environ")).contains(TOKEN));
        assertThat(running).allSatisfy(git -> assertThat(read(git, "cmdline")).doesNotContain(TOKEN));
        released.countDown();
        fetching.get(30, TimeUnit.SECONDS);

        assertThat(filesWithToken(temporary.resolve("store"))).isEmpty();
        assertThat(host.requests()).noneMatch(request -> request.contains(TOKEN));
    }

    @Test
    void theTokenGoesToNoOtherHost() {
        try (var elsewhere = GitHttpServer.start(temporary.resolve("elsewhere"))) {
            var authorised = new CompletableFuture<String>();
            elsewhere.intercept(exchange -> {
                String header = exchange.getRequestHeaders().getFirst("Authorization");
                if (header != null) {
                    authorised.complete(header);
                }
                return false;
            });
            host.intercept(exchange -> redirect(exchange, elsewhere.url()));

            assertThatThrownBy(() -> fetch(repository))
                    .isInstanceOfSatisfying(
                            GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREDENTIAL_REJECTED));
            host.intercept(exchange ->
                    exchange.getRequestHeaders().containsKey("Authorization") && redirect(exchange, elsewhere.url()));
            assertThatThrownBy(() -> fetch(repository)).isInstanceOf(GitException.class);

            assertThat(elsewhere.requests()).isNotEmpty();
            assertThat(authorised).isNotDone();
        }
    }

    @Test
    void aRedirectOnTheSameHostIsFollowed() {
        host.create("ada/renamed");
        host.allow(TOKEN, "ada/renamed");
        host.intercept(exchange -> exchange.getRequestURI().getPath().startsWith("/ada/app.git/")
                && redirect(exchange, host.url(), "/ada/app.git", "/ada/renamed.git"));
        assertThat(fetch(repository).branch()).isEqualTo("main");
    }

    @Test
    void aMessageOfTheServerCanNotShowTheToken() {
        Base base = fetch(repository);
        String work = AttemptWork.keep(store, repository, base, temporary);
        byte[] both = ("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8);
        String basic = Base64.getEncoder().encodeToString(both);
        host.declinePushes("ada/app", "You sent " + TOKEN + " as " + basic);

        assertThatThrownBy(() -> store.push(repository, Optional.of(TOKEN), work, "x", Optional.empty()))
                .isInstanceOf(GitException.class)
                .hasMessageEndingWith("You sent [redacted] as [redacted]");
    }

    @Test
    void aTokenThatIsNoTokenIsRefusedUnused() {
        for (String token : List.of("a b", "a\nhost=evil", "a\0", "ü")) {
            assertThatThrownBy(() -> store.fetch(repository, Optional.of(token), Optional.empty(), _ -> {}))
                    .isInstanceOf(GitException.class)
                    .hasMessage("The token for ada/app has characters no token has");
        }
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void anInterruptEndsGitAndAllItStarted() throws Exception {
        holdAuthorisedRequests();
        var outcome = new CompletableFuture<Boolean>();
        Thread task = Thread.ofVirtual().start(() -> {
            try {
                fetch(repository);
                outcome.complete(false);
            } catch (CancellationException _) {
                outcome.complete(Thread.currentThread().isInterrupted());
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
        assertThat(running).hasSizeGreaterThanOrEqualTo(2);

        task.interrupt();

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle git : running) {
            git.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHostThatStopsAnsweringIsSaidToBeUnreachable() {
        var impatient = new GitStore(temporary.resolve("impatient"), Duration.ofSeconds(1));
        holdAuthorisedRequests();
        assertThatThrownBy(() -> impatient.fetch(repository, Optional.of(TOKEN), Optional.empty(), _ -> {}))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HOST_UNREACHABLE))
                .hasMessage("The git host of ada/app can't be reached: timed out after 1 s");
    }

    @Test
    void tasksThatFetchAtOnceAllGetTheSame() {
        List<CompletableFuture<Base>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> fetch(repository)))
                .limit(6)
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    private Base fetch(RepositoryRef from) {
        return store.fetch(from, Optional.of(TOKEN), Optional.empty(), _ -> {});
    }

    private void holdAuthorisedRequests() {
        host.intercept(exchange -> exchange.getRequestHeaders().containsKey("Authorization") && hold());
    }

    /// Tells the test and waits for it; then lets the request go on.
    private boolean hold() throws IOException {
        reached.countDown();
        try {
            released.await();
            return false;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static boolean redirect(HttpExchange exchange, String to) throws IOException {
        return redirect(exchange, to, "", "");
    }

    private static boolean redirect(HttpExchange exchange, String to, String part, String instead) throws IOException {
        String path = exchange.getRequestURI().toString().replace(part, instead);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Location", to + path);
        exchange.sendResponseHeaders(302, -1);
        return true;
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private static List<Path> filesWithToken(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(TOKEN);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
