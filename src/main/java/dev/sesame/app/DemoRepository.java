package dev.sesame.app;

import dev.sesame.git.GitException;
import dev.sesame.git.GitException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The repository that the demo agent can always work on, so that a first task needs no key, no token and no other
/// repository. Made when it is first asked for. Safe from any thread.
final class DemoRepository {
    static final String NAME = "sesame-demo";

    private final Path directory;

    /// @param directory of its own, in the data directory
    DemoRepository(Path directory) {
        this.directory = directory;
    }

    /// The bare repository, if it is the one of that name.
    synchronized Optional<Path> named(String name) {
        if (!name.equals(NAME)) {
            return Optional.empty();
        }
        Path bare = directory.resolve(NAME + ".git");
        if (!Files.exists(bare)) {
            make(bare);
        }
        return Optional.of(bare);
    }

    // Moved into place when it is whole: a server that dies meanwhile leaves no half of one behind.
    private void make(Path bare) {
        try {
            Files.createDirectories(directory);
            Path begun = Files.createTempDirectory(directory, "new-");
            TourRepository.create(begun);
            Files.move(begun, bare);
        } catch (IOException e) {
            throw new GitException(Reason.GIT_FAILED, "The demo's repository could not be made: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitException(Reason.GIT_FAILED, "The demo's repository could not be made: interrupted");
        }
    }
}
