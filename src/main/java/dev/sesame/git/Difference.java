package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// What lies between two commits of the work repository. Runs nothing that a tree names: the repository is
/// bare, so git reads no `.gitattributes` of it, and text conversion and external programs are off all the
/// same.
///
/// @param from the commit before
/// @param to the commit after
record Difference(Git git, Path repository, String from, String to) {
    private static final int MAX_BINARY = 8 << 20;

    /// Writes it as a unified diff; returns false if it was cut, at the end of a line, to stay below the limit.
    boolean write(OutputStream out, long maxBytes) {
        var cut = new CutAtLine(out, maxBytes);
        GitCommand command = GitCommand.in(
                repository,
                "diff-tree",
                "-r",
                "-p",
                "--find-renames",
                "-l1000",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--submodule=short",
                from,
                to);
        Git.Result result = git.run(command.readBy(cut::copy));
        if (!result.ok() && !cut.wasCut()) {
            throw new GitException(Reason.GIT_FAILED, "The diff can't be made: " + result.errors());
        }
        return !cut.wasCut();
    }

    List<String> paths() {
        String all = git.expect(GitCommand.in(repository, "diff-tree", "-r", "-z", "--name-only", from, to));
        return Arrays.stream(all.split("\0")).filter(path -> !path.isEmpty()).toList();
    }

    /// Looks through every commit that `to` has beyond `from`, since a push publishes them all: added lines,
    /// names of files, messages, and binary files up to 8 MiB.
    Optional<String> pathWith(Predicate<String> isSecret) {
        var scan = new PatchScan(isSecret, this::binary);
        Git.Result result = git.run(GitCommand.in(
                        repository,
                        "log",
                        "--format=%x00%an <%ae>%n%B%x00",
                        "-p",
                        "--unified=0",
                        "--no-renames",
                        "--full-index",
                        "--no-color",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--diff-merges=first-parent",
                        "--submodule=short",
                        to,
                        "--not",
                        from,
                        "--alternate-refs")
                .readBy(scan::read));
        if (!result.ok() && scan.found().isEmpty()) {
            throw new GitException(Reason.GIT_FAILED, "The commits can't be looked through: " + result.errors());
        }
        return scan.found();
    }

    private Optional<byte[]> binary(String id) {
        String size =
                git.expect(GitCommand.in(repository, "cat-file", "-s", id)).strip();
        if (Long.parseLong(size) > MAX_BINARY) {
            return Optional.empty();
        }
        var content = new AtomicReference<>(new byte[0]);
        git.expect(GitCommand.in(repository, "cat-file", "blob", id).readBy(in -> content.set(in.readAllBytes())));
        return Optional.of(content.get());
    }

    /// Passes on whole lines until the limit.
    private static final class CutAtLine {
        private final OutputStream out;
        private long left;
        private boolean cut;

        CutAtLine(OutputStream out, long limit) {
            this.out = out;
            this.left = limit;
        }

        boolean wasCut() {
            return cut;
        }

        void copy(InputStream in) throws IOException {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0 && !cut; count = in.read(buffer)) {
                pass(buffer, count);
            }
        }

        private void pass(byte[] buffer, int count) {
            int length = count;
            if (count > left) {
                cut = true;
                length = (int) left;
                while (length > 0 && buffer[length - 1] != '\n') {
                    length--;
                }
            }
            left -= length;
            try {
                out.write(buffer, 0, length);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the diff", e);
            }
        }
    }
}
