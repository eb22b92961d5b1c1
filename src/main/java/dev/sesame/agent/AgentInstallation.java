package dev.sesame.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One installation, made under the agent's lock: npm into a directory beside the place, a trial run, a rename.
final class AgentInstallation {
    static final String UNFINISHED = ".unfinished-";

    private final AgentPackage wanted;
    private final Path place;
    private final Npm npm;
    private final Consumer<String> progress;

    AgentInstallation(AgentPackage wanted, Path place, Npm npm, Consumer<String> progress) {
        this.wanted = wanted;
        this.place = place;
        this.npm = npm;
        this.progress = progress;
    }

    /// The program, in its place.
    Path run() throws IOException {
        long begun = System.nanoTime();
        progress.accept("Installing " + wanted.title() + " " + wanted.version() + " from npm, about "
                + wanted.megabytes() + " MB on disk");
        removeUnfinished();
        Path directory = Files.createTempDirectory(place.getParent(), UNFINISHED);
        try {
            npm.install(wanted.spec(), directory, progress);
            prove(directory);
            letOthersRead(directory);
            remove(place); // there, but without its program: taken apart by someone
            Files.move(directory, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(directory);
        }
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        progress.accept(wanted.title() + " " + wanted.version() + " is installed (" + seconds + " s)");
        return AgentPrograms.program(wanted, place).orElseThrow();
    }

    private void prove(Path directory) throws IOException {
        List<String> programs = wanted.programsHere();
        Path program = AgentPrograms.program(wanted, directory)
                .orElseThrow(() -> new AgentInstallException("npm installed " + wanted.spec()
                        + ", but it has no program for " + AgentPackage.platform() + " (looked for "
                        + String.join(", ", programs) + ")"));
        String version = version(wanted, directory, program, npm);
        if (!version.contains(wanted.version())) {
            throw new AgentInstallException("npm was asked for " + wanted.spec()
                    + ", but what it installed says of itself that it is " + version);
        }
    }

    /// What the program says of itself.
    ///
    /// @param directory where it is installed
    static String version(AgentPackage wanted, Path directory, Path program, Npm npm) throws IOException {
        Map<String, String> unpacked = wanted.unpacksTo().isEmpty()
                ? Map.of()
                : Map.of(
                        wanted.unpacksTo(),
                        directory.resolve(AgentPrograms.UNPACKED).toString());
        return npm.version(
                wanted.script()
                        ? List.of(npm.node(wanted.title()).toString(), program.toString())
                        : List.of(program.toString()),
                unpacked);
    }

    /// Agents run under other uids, and our umask may be strict.
    private static void letOthersRead(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (Files.isSymbolicLink(path)) {
                    continue;
                }
                Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
                permissions.add(PosixFilePermission.GROUP_READ);
                permissions.add(PosixFilePermission.OTHERS_READ);
                if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
                    permissions.add(PosixFilePermission.GROUP_EXECUTE);
                    permissions.add(PosixFilePermission.OTHERS_EXECUTE);
                }
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }

    /// What a killed server left behind. Nobody works there now: we have the lock.
    private void removeUnfinished() throws IOException {
        try (Stream<Path> siblings = Files.list(place.getParent())) {
            for (Path sibling : (Iterable<Path>) siblings::iterator) {
                if (sibling.getFileName().toString().startsWith(UNFINISHED)) {
                    progress.accept("Removing an installation that was broken off");
                    remove(sibling);
                }
            }
        }
    }

    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
