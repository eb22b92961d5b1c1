package dev.sesame.task;

import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// The host's mise and the caches of what it installs. A cache belongs to one user's tasks on one repository: what runs
/// there is the repository's own, and could leave another's tasks a spoiled runtime. For any thread.
///
/// @param mise the program on this host, if it is there; asked at each use
/// @param caches where the caches are
public record Toolchains(Supplier<Optional<Path>> mise, Path caches) {

    /// The directory with the programs of the project's runtimes, below the home.
    static final String BIN = SandboxCommand.HOME + "/.local/share/sesame/bin";

    static final String MISE = "/opt/sesame/mise";
    static final String CACHE = "/opt/sesame/cache";

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

    /// The task's cache, made if need be; writable for every task, whatever uid it has. Nobody else on the host
    /// passes the directories above.
    Mount cache(Task task, boolean writable) {
        String name = UUID.nameUUIDFromBytes(
                        (task.userId() + "\n" + task.repository()).getBytes(StandardCharsets.UTF_8))
                .toString();
        Path cache = caches.resolve(name);
        try {
            Files.createDirectories(
                    caches, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(cache);
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException("The cache " + cache + " can't be made", e);
        }
        return new Mount(cache, CACHE, writable);
    }
}
