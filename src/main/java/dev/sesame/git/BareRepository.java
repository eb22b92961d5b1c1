package dev.sesame.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A bare repository of ours as a directory: made whole or not at all, and freed of what a killed git left.
final class BareRepository {
    private static final int MAX_PACKS = 40;

    private BareRepository() {}

    /// Makes it if it isn't there. A server that dies meanwhile leaves only the half-made one beside it.
    ///
    /// @param sample an object id, whose length tells the object format
    /// @param shared git's `core.sharedRepository`, which decides who may read the files whatever the umask
    static void create(Git git, Path directory, String sample, String shared) {
        if (Files.isDirectory(directory)) {
            return;
        }
        open(Objects.requireNonNull(directory.getParent()));
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
        delete(unfinished);
        String format = sample.length() > 40 ? "sha256" : "sha1";
        git.expect(GitCommand.of(
                "init",
                "--quiet",
                "--bare",
                "--template=",
                "--shared=" + shared,
                "--object-format=" + format,
                unfinished.toString()));
        try {
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + directory, e);
        }
    }

    /// Makes the directory so that a sandbox's uid gets through it to what it may read, and nobody can list it.
    static void open(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + directory, e);
        }
    }

    static boolean hasUnfinishedPacks(Path directory) {
        try (Stream<Path> files = Files.list(directory.resolve("objects/pack"))) {
            return files.anyMatch(BareRepository::isRemainder);
        } catch (IOException _) {
            return false;
        }
    }

    /// Joins small packs when many have gathered. Every object stays, reachable or not, and a reader that
    /// misses a pack looks again, so this may happen while others read.
    ///
    /// @param borrowing whose objects it borrows; what was pushed from here and fetched there may be the same
    ///     pack in both, and git before 2.41 refuses to repack a pack that it sees twice
    static void consolidate(Git git, Path directory, Optional<Path> borrowing) {
        Set<String> packs = packs(directory);
        if (packs.size() <= MAX_PACKS) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("repack", "-d", "-l", "-q", "--geometric=2"));
        packs.retainAll(borrowing.map(BareRepository::packs).orElse(Set.of()));
        packs.forEach(pack -> words.add("--keep-pack=" + pack));
        git.expect(GitCommand.in(directory, words.toArray(String[]::new)).holding(Git.lockOf(directory)));
    }

    private static Set<String> packs(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory.resolve("objects/pack"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pack"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    /// Deletes lock files and half-written packs. Only while no git works there.
    static void clearRemains(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(BareRepository::isRemainder).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tidy up " + directory, e);
        }
    }

    /// Deletes the tree, if there is one; follows no link.
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }

    private static boolean isRemainder(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".lock") || name.startsWith("tmp_"));
    }
}
