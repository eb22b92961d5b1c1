package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The bare copy of one repository that its tasks borrow objects from: all branches and tags of the remote.
/// Only ever added to; nothing in it is pruned, so a borrower never loses an object.
///
/// Calls for one repository are made one at a time by [GitStore]; a git that an earlier server left running is
/// waited for by the lock that it holds.
final class Mirror {
    private static final Duration TO_ASK = Duration.ofMinutes(2);

    /// Sandboxes read it under another uid.
    private static final String READABLE = "0644";

    private static final String ALL_BRANCHES = "+refs/heads/*:refs/heads/*";
    private static final String ALL_TAGS = "+refs/tags/*:refs/tags/*";

    private final Git git;
    private final Path directory;

    Mirror(Git git, Path directory) {
        this.git = git;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /// Asks the remote for what it has, with the caller's own credential. Changes nothing, needs no lock.
    static RemoteRefs ask(Git git, Remote remote, Duration atMost) {
        Git.Result result = git.run(
                GitCommand.of("ls-remote", "--symref", "--", remote.url(), "HEAD", "refs/heads/*", "refs/tags/*")
                        .talkingTo(remote, atMost.compareTo(TO_ASK) < 0 ? atMost : TO_ASK));
        if (!result.ok()) {
            throw RemoteFailure.of(remote, result);
        }
        return RemoteRefs.parse(result.output());
    }

    /// One update: what the remote said it has, and the branch a task wants.
    record Update(Remote remote, RemoteRefs wanted, String branch, Duration atMost, Consumer<String> progress) {
        String ref() {
            return RemoteRefs.BRANCHES + branch;
        }

        String commit() {
            return Objects.requireNonNull(wanted.objects().get(ref()));
        }
    }

    /// Makes the mirror have all that the remote has, and returns the commit of the branch.
    String bring(Update update) {
        if (has(update.commit()) && refs().equals(update.wanted().objects())) {
            return update.commit();
        }
        create(update);
        Git.Result result = fetch(update);
        if (!result.ok() && complainsOfLock(result)) {
            clearRemains();
            result = fetch(update);
        }
        if (isDamaged(update, result)) {
            setAside();
            create(update);
            result = fetch(update);
        }
        if (!result.ok()) {
            throw RemoteFailure.of(update.remote(), result);
        }
        update.wanted().head().ifPresent(head -> git.run(GitCommand.in(directory, "symbolic-ref", "HEAD", head)));
        BareRepository.consolidate(git, directory, Optional.empty());
        String commit = refs().get(update.ref());
        if (commit == null) {
            throw RemoteRefs.notFound(update.remote().name(), update.ref());
        }
        return commit;
    }

    boolean has(String commit) {
        return Files.isDirectory(directory)
                && git.run(GitCommand.in(directory, "cat-file", "-e", commit + "^{tree}"))
                        .ok();
    }

    Map<String, String> refs() {
        var all = new TreeMap<String, String>();
        Git.Result result = git.run(GitCommand.in(directory, "for-each-ref", "--format=%(objectname) %(refname)"));
        for (String line : result.lines()) {
            int space = line.indexOf(' ');
            all.put(line.substring(space + 1), line.substring(0, space));
        }
        return all;
    }

    private void create(Update update) {
        BareRepository.create(git, directory, update.commit(), READABLE);
    }

    private Git.Result fetch(Update update) {
        if (BareRepository.hasUnfinishedPacks(directory)) {
            clearRemains();
        }
        GitCommand command = GitCommand.in(
                directory,
                "fetch",
                "--progress",
                "--prune",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--no-recurse-submodules",
                "--",
                update.remote().url(),
                ALL_BRANCHES,
                ALL_TAGS);
        return git.run(command.talkingTo(update.remote(), update.atMost())
                .holding(Git.lockOf(directory))
                .reporting(new ProgressSteps(update.progress())));
    }

    /// Takes the lock once, so that no git that an earlier server left is at work there any more.
    private void clearRemains() {
        git.run(GitCommand.of("version").holding(Git.lockOf(directory)));
        BareRepository.clearRemains(directory);
    }

    private static boolean complainsOfLock(Git.Result result) {
        return result.errors().contains(".lock'") || result.errors().contains("cannot lock ref");
    }

    /// Looks closely only where the failure isn't the remote's: on a large repository that takes its time.
    private boolean isDamaged(Update update, Git.Result result) {
        if (result.ok()) {
            return refs().containsKey(update.ref()) && !has(update.ref());
        }
        return RemoteFailure.of(update.remote(), result).reason() == Reason.GIT_FAILED
                && !git.run(GitCommand.in(directory, "fsck", "--connectivity-only", "--no-dangling"))
                        .ok();
    }

    /// Renamed, not deleted: a sandbox that has it bound goes on reading it. The one of last time is deleted.
    private void setAside() {
        Path damaged = directory.resolveSibling("damaged.git");
        BareRepository.delete(damaged);
        try {
            Files.move(directory, damaged, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set aside " + directory, e);
        }
    }
}
