package dev.sesame.task;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The host's mise and the caches of what it installs. A cache belongs to one user's tasks on one repository: what runs
/// there is the repository's own, and could leave another's tasks a spoiled runtime. When a cache or a version of a
/// tool in it was used last is when its directory was touched last: each use does. For any thread.
///
/// @param mise the program on this host, if it is there; asked at each use
/// @param caches where the caches are
public record Toolchains(Supplier<Optional<Path>> mise, Path caches) {

    /// The directory with the programs of the project's runtimes, below the home.
    static final String BIN = SandboxCommand.HOME + "/.local/share/sesame/bin";

    static final String MISE = "/opt/sesame/mise";
    static final String CACHE = "/opt/sesame/cache";

    private static final Logger LOG = System.getLogger(Toolchains.class.getName());

    /// What is about to be deleted, beside the caches.
    private static final String RETIRED = "removed";

    /// Of a cache's versions that are looked at.
    private static final int MOST = 200;

    private static final List<String> ASKING = List.of(
            "mise.toml",
            ".mise.toml",
            ".tool-versions",
            ".nvmrc",
            ".node-version",
            ".python-version",
            "package-lock.json",
            "npm-shrinkwrap.json",
            "pnpm-lock.yaml",
            "yarn.lock",
            "bun.lock",
            "bun.lockb",
            "uv.lock",
            "poetry.lock",
            "requirements.txt");

    /// What of the workspace asks for runtimes or dependencies. Only looks at names, and follows no link.
    static List<String> asking(Path workspace) {
        return ASKING.stream()
                .filter(name -> Files.isRegularFile(workspace.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /// The name of the cache of a user's tasks on a repository.
    static String name(String userId, String repository) {
        return UUID.nameUUIDFromBytes((userId + "\n" + repository).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// A task's cache, made if need be and marked as used now; writable for every task, whatever uid it has. Nobody
    /// else on the host passes the directories above.
    synchronized Mount cache(String name, boolean writable, Instant now) {
        Path cache = caches.resolve(name);
        try {
            Files.createDirectories(
                    caches, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(cache);
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.setLastModifiedTime(cache, FileTime.from(now));
        } catch (IOException e) {
            throw new UncheckedIOException("The cache " + cache + " can't be made", e);
        }
        return new Mount(cache, CACHE, writable);
    }

    /// Removes the caches that no task has used since then, and in the others the versions of tools; the setup marks
    /// those it finds in use. Other threads get their caches meanwhile.
    ///
    /// @param needed the names of the caches that tasks may use now, which stay; asked while nobody gets one
    void removeUnused(Instant since, Supplier<Set<String>> needed) {
        retire(since, needed);
        for (Path retired : directories(caches.resolve(RETIRED), Integer.MAX_VALUE)) {
            try {
                FileTree.delete(retired);
            } catch (SandboxException e) {
                LOG.log(Level.WARNING, "{0} could not be removed, tried again later: {1}", retired, e.getMessage());
            }
        }
    }

    private synchronized void retire(Instant since, Supplier<Set<String>> needed) {
        Set<String> kept = needed.get();
        for (Path cache : directories(caches, Integer.MAX_VALUE)) {
            String name = cache.getFileName().toString();
            if (!name.equals(RETIRED) && !kept.contains(name)) {
                List<Path> unused = unused(cache, since) ? List.of(cache) : unusedVersions(cache, since);
                unused.forEach(this::retire);
            }
        }
    }

    /// Out of the way at once; deleting it takes its time.
    private void retire(Path place) {
        try {
            Path retired = Files.createDirectories(caches.resolve(RETIRED));
            Files.move(place, retired.resolve(UUID.randomUUID().toString()));
            LOG.log(Level.INFO, "Nobody has used {0} for long: it is removed", shown(caches.relativize(place)));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} could not be removed, tried again later: {1}", shown(place), shown(e));
        }
    }

    /// Without what would make a line of the log look like two; a task may have given the name.
    private static String shown(Object text) {
        return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
    }

    /// Some of them, if there are many: the directories are of tasks' making, and others wait meanwhile.
    private static List<Path> unusedVersions(Path cache, Instant since) {
        Path mise = cache.resolve("mise");
        return !Files.isDirectory(mise, LinkOption.NOFOLLOW_LINKS)
                ? List.of()
                : directories(mise.resolve("installs"), MOST).stream()
                        .flatMap(tool -> directories(tool, MOST).stream())
                        .limit(MOST)
                        .filter(version -> unused(version, since))
                        .toList();
    }

    private static boolean unused(Path place, Instant since) {
        try {
            return Files.getLastModifiedTime(place, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(since);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} can''t be looked at: {1}", shown(place), shown(e));
            return false;
        }
    }

    /// What is below, but neither files nor links, which could lead anywhere. Not more than is reasonable.
    private static List<Path> directories(Path parent, int most) {
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .limit(most)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "{0} could not be listed: {1}", shown(parent), shown(e));
            return List.of();
        }
    }
}
