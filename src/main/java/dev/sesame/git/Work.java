package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Collectors;

/// The server's own copy of what the attempts on one repository made: a bare repository that borrows the
/// mirror's objects. It has other users' unpushed work, so no sandbox ever sees it.
final class Work {
    private static final String ROOT = "refs/sesame/";

    /// Against packs that unfold to more than the host has.
    private static final String LARGEST_ALLOCATION = "1g";

    private final Git git;
    private final Path directory;
    private final Mirror mirror;

    Work(Git git, Path directory, Mirror mirror) {
        this.git = git;
        this.directory = directory;
        this.mirror = mirror;
    }

    Path directory() {
        return directory;
    }

    Optional<String> stored(String ref) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Git.Result result = git.run(GitCommand.in(directory, "rev-parse", "--quiet", "--verify", ref));
        return result.ok() ? Optional.of(result.output().strip()) : Optional.empty();
    }

    static String ref(String task, int attempt) {
        return refsOf(task) + attempt;
    }

    private static String refsOf(String task) {
        if (!task.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException("Not the id of a task");
        }
        return ROOT + task + "/";
    }

    /// Takes the bundle's objects, checked, and lets the ref point at its commit.
    String take(String ref, InputStream bundle, long maxBytes) {
        try (var in = new BufferedInputStream(new LimitedInput(bundle, maxBytes), 1 << 16)) {
            String tip = Bundle.readHeader(in).tip();
            create(tip);
            unpack(in, maxBytes);
            requireWhole(tip);
            git.expect(GitCommand.in(directory, "update-ref", ref, tip));
            BareRepository.consolidate(git, directory, Optional.of(mirror.directory()));
            return tip;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the bundle", e);
        }
    }

    /// Whether anything of that task may be here; asked without git, since there may be many repositories.
    boolean mentions(String task) {
        String refs = refsOf(task);
        Path packed = directory.resolve("packed-refs");
        try {
            return Files.isDirectory(directory.resolve(refs))
                    || (Files.exists(packed) && Files.readString(packed).contains(" " + refs));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + packed, e);
        }
    }

    /// Deletes the task's refs, and of its objects those that nothing else here needs.
    void forget(String task) {
        String refs = git.expect(GitCommand.in(directory, "for-each-ref", "--format=%(refname)", refsOf(task)));
        String commands = refs.lines().map(ref -> "delete " + ref + "\n").collect(Collectors.joining());
        git.expect(GitCommand.in(directory, "update-ref", "--stdin").fedBy(text(commands)));
        git.expect(GitCommand.in(directory, "repack", "-a", "-d", "-l", "-q").holding(Git.lockOf(directory)));
        git.expect(GitCommand.in(directory, "prune", "--expire=now").holding(Git.lockOf(directory)));
    }

    /// A bundle of what that commit has beyond the mirror.
    void writeBundle(String commit, Path target) {
        String ref = git.expect(GitCommand.in(
                        directory, "for-each-ref", "--count=1", "--format=%(refname)", "--points-at", commit, ROOT))
                .strip();
        if (ref.isEmpty()) {
            throw new GitException(Reason.GIT_FAILED, "The kept work has no commit " + commit);
        }
        String without =
                mirror.refs().values().stream().map(id -> "^" + id + "\n").collect(Collectors.joining());
        git.expect(GitCommand.in(directory, "bundle", "create", "--quiet", target.toString(), ref, "--stdin")
                .fedBy(text(without)));
        try {
            // For the sandbox's uid, whatever the umask.
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + target, e);
        }
    }

    static GitCommand.Sender text(String text) {
        return stdin -> stdin.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void create(String sample) {
        BareRepository.create(git, directory, sample, "0600");
        Path alternates = directory.resolve("objects/info/alternates");
        Path objects = mirror.directory().resolve("objects");
        String line = directory.resolve("objects").relativize(objects) + "\n";
        try {
            if (!Files.exists(alternates) || !Files.readString(alternates).equals(line)) {
                lend(alternates, line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + alternates, e);
        }
    }

    /// Whole at once: a git that finds the file empty misses all that is in the mirror.
    private static void lend(Path alternates, String line) throws IOException {
        Files.createDirectories(alternates.getParent());
        Path fresh = alternates.resolveSibling("alternates.new");
        Files.writeString(fresh, line);
        Files.move(fresh, alternates, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void unpack(InputStream pack, long maxBytes) {
        if (BareRepository.hasUnfinishedPacks(directory)) {
            git.run(GitCommand.of("version").holding(Git.lockOf(directory)));
            BareRepository.clearRemains(directory);
        }
        Git.Result result = git.run(GitCommand.in(
                        directory, "index-pack", "--stdin", "--fix-thin", "--strict", "--max-input-size=" + maxBytes)
                .with("GIT_ALLOC_LIMIT", LARGEST_ALLOCATION)
                .holding(Git.lockOf(directory))
                .fedBy(stdin -> copy(pack, stdin)));
        if (!result.ok()) {
            throw Bundle.invalid("git's check says: " + result.errors());
        }
    }

    /// That nothing is missing between the commit and what was here before.
    private void requireWhole(String tip) {
        Git.Result result = git.run(GitCommand.in(
                directory, "rev-list", "--objects", "--quiet", tip, "--not", "--all", "--alternate-refs"));
        if (!result.ok()) {
            throw Bundle.invalid("objects are missing");
        }
    }

    /// Tells a failure to read the bundle from one to write to git.
    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (true) {
            int count;
            try {
                count = from.read(buffer);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the bundle", e);
            }
            if (count < 0) {
                return;
            }
            to.write(buffer, 0, count);
        }
    }
}
