package dev.sesame.app;

import dev.sesame.db.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The server's own name, for good: the tasks it runs carry it, so it finds them again after a restart. Kept in the
/// data directory, since spools, workspaces and mirrors are there too.
final class NodeName {

    private NodeName() {}

    static String of(Path dataDirectory) {
        Path file = dataDirectory.resolve("node");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(dataDirectory);
                Path draft = Files.writeString(dataDirectory.resolve("node.draft"), Ids.next("node") + "\n");
                Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The server's name could not be kept in " + file, e);
        }
    }
}
