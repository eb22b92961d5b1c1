package dev.sesame.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The server's own git: per repository a mirror of the remote, which sandboxes borrow objects from, and the
/// work of every attempt as `refs/sesame/<task>/<attempt>`, which no sandbox sees.
///
/// Safe from any thread; calls block as long as git and the network take. An interrupt ends git, and the call
/// throws [CancellationException] with the interrupt status set. All else that can go wrong is a [GitException]
/// for the user. Every operation may be repeated after a crash. Git reads no configuration but ours, runs no
/// hook of ours, and has a token only in its environment.
public final class GitStore {
    private final Git git;
    private final Path directory;
    private final Duration networkLimit;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<Path, Map<String, String>> known = new ConcurrentHashMap<>();

    /// @param directory owned by this object alone; made if missing
    /// @param networkLimit for one fetch or push; a transfer that stalls for a minute ends sooner
    public GitStore(Path directory, Duration networkLimit) {
        var surroundings = new GitSurroundings(directory);
        this.git = new Git(surroundings);
        this.directory = surroundings.directory();
        this.networkLimit = networkLimit;
    }

    /// Brings the mirror up to date, with the caller's own credential and not without: who has no access to the
    /// repository gets nothing of its mirror.
    ///
    /// @param branch to start from; empty for the remote's default branch
    /// @param progress gets a few lines while much is transferred
    public Base fetch(
            RepositoryRef repository, Optional<String> token, Optional<String> branch, Consumer<String> progress) {
        branch.ifPresent(BranchName::check);
        var remote = new Remote(repository, token);
        RemoteRefs wanted = Mirror.ask(git, remote, networkLimit);
        String chosen = wanted.choose(repository.name(), branch);
        Mirror mirror = mirrorOf(repository);
        var update = new Mirror.Update(remote, wanted, chosen, networkLimit, progress);
        if (wanted.objects().equals(known.get(mirror.directory())) && Files.isDirectory(mirror.directory())) {
            return new Base(chosen, update.commit(), mirror.directory());
        }
        String commit = alone(mirror.directory(), () -> mirror.bring(update));
        known.put(mirror.directory(), mirror.refs());
        return new Base(chosen, commit, mirror.directory());
    }

    /// Has the next [#fetch] look closely at what is in the mirror, since a clone of it failed. Otherwise what this
    /// server saw there last is believed, for nobody else writes it.
    public void distrust(RepositoryRef repository) {
        known.remove(mirror(repository));
    }

    /// The branches of a local repository and their commits, by name.
    public SortedMap<String, String> branches(RepositoryRef local) {
        var branches = new TreeMap<String, String>();
        askLocal(local).objects().forEach((ref, commit) -> {
            if (ref.startsWith(RemoteRefs.BRANCHES)) {
                branches.put(ref.substring(RemoteRefs.BRANCHES.length()), commit);
            }
        });
        return branches;
    }

    /// Of a local repository; empty text if it has none. Mostly read from a file, so it may be asked of many.
    public String defaultBranch(RepositoryRef local) {
        try {
            String head = Files.readString(Path.of(local.url(), "HEAD")).strip();
            String prefix = "ref: " + RemoteRefs.BRANCHES;
            if (head.startsWith(prefix) && !head.endsWith("/.invalid")) {
                return head.substring(prefix.length());
            }
        } catch (IOException _) {
            // Git will say what is the matter.
        }
        return askLocal(local)
                .head()
                .map(ref -> ref.substring(RemoteRefs.BRANCHES.length()))
                .orElse("");
    }

    private RemoteRefs askLocal(RepositoryRef local) {
        if (!local.local()) {
            throw new IllegalArgumentException(local.name() + " is on the git host");
        }
        return Mirror.ask(git, new Remote(local, Optional.empty()), networkLimit);
    }

    /// Where the mirror is or will be; only to be read.
    public Path mirror(RepositoryRef repository) {
        return mirrorOf(repository).directory();
    }

    /// The commit that this attempt's work ended with, if it was taken over.
    public Optional<String> storedCommit(RepositoryRef repository, String taskId, int attempt) {
        return workOf(repository).stored(Work.ref(taskId, attempt));
    }

    /// Takes over what [Workspace#commitStep] wrote, checks every object, and keeps it as the attempt's work.
    /// Reads the stream to its end; the caller closes it. Returns the commit.
    public String importBundle(
            RepositoryRef repository, String taskId, int attempt, InputStream bundle, long maxBytes) {
        Work work = workOf(repository);
        String ref = Work.ref(taskId, attempt);
        return alone(work.directory(), () -> work.take(ref, bundle, maxBytes));
    }

    /// Deletes all work of a task, in every repository, but for what other tasks' work builds on.
    public void forget(String taskId) {
        for (Path home : homes()) {
            Work work = workIn(home);
            if (work.mentions(taskId)) {
                alone(work.directory(), () -> {
                    work.forget(taskId);
                    return taskId;
                });
            }
        }
    }

    /// Lets the remote's branch be at a commit of the kept work. Done already counts as done.
    ///
    /// @param lease the commit that we last pushed there; empty: the branch must not exist
    public void push(
            RepositoryRef repository, Optional<String> token, String commit, String branch, Optional<String> lease) {
        var push = new Push(
                new Remote(repository, token), checkId(commit), BranchName.check(branch), lease.map(GitStore::checkId));
        push.run(git, workOf(repository).directory(), networkLimit);
    }

    /// Writes a unified diff, with renames found and binary files named. Returns false if it was cut, at the
    /// end of a line, to stay below the limit. Flushes and closes nothing.
    public boolean diff(RepositoryRef repository, String from, String to, OutputStream out, long maxBytes) {
        return difference(repository, from, to).write(out, maxBytes);
    }

    /// The paths that differ, in git's order; a rename is two.
    public List<String> changedPaths(RepositoryRef repository, String from, String to) {
        return difference(repository, from, to).paths();
    }

    /// The first path with a secret among all that a push of `to` would add to `from`; also one of a commit
    /// between, and "the message of a commit".
    ///
    /// @param isSecret asked with pieces of text up to some MiB
    public Optional<String> pathWithSecret(
            RepositoryRef repository, String from, String to, Predicate<String> isSecret) {
        return difference(repository, from, to).pathWith(isSecret);
    }

    /// What a workspace needs to start at a commit of the kept work: nothing if the mirror has it, else a
    /// bundle of the rest, written to the target.
    public Optional<Path> startBundle(RepositoryRef repository, String commit, Path target) {
        checkId(commit);
        Mirror mirror = mirrorOf(repository);
        if (known.getOrDefault(mirror.directory(), Map.of()).containsValue(commit) || mirror.has(commit)) {
            return Optional.empty();
        }
        workOf(repository).writeBundle(commit, target);
        return Optional.of(target);
    }

    private Difference difference(RepositoryRef repository, String from, String to) {
        Path work = workOf(repository).directory();
        Path readable = Files.isDirectory(work) ? work : mirror(repository);
        return new Difference(git, readable, checkId(from), checkId(to));
    }

    private Mirror mirrorOf(RepositoryRef repository) {
        return mirrorIn(home(repository));
    }

    private Mirror mirrorIn(Path home) {
        return new Mirror(git, home.resolve("mirror.git"));
    }

    private Work workOf(RepositoryRef repository) {
        return workIn(home(repository));
    }

    private Work workIn(Path home) {
        return new Work(git, home.resolve("work.git"), mirrorIn(home));
    }

    private List<Path> homes() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    private Path home(RepositoryRef repository) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(repository.url().getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T alone(Path repository, Supplier<T> action) {
        ReentrantLock lock = locks.computeIfAbsent(repository.toString(), _ -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while another task fetches the repository");
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static String checkId(String commit) {
        if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not the id of a commit");
        }
        return commit;
    }
}
