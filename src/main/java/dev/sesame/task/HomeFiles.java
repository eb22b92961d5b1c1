package dev.sesame.task;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Writes our files into an agent's home. The home may hold links that an earlier attempt's agent made, and we may
/// be root: no link is followed, and a file that is there is replaced, not opened.
final class HomeFiles {

    private HomeFiles() {}

    static void write(Path home, Path target, String content) throws IOException {
        Path inside = home.relativize(target.normalize());
        if (inside.startsWith("..") || inside.isAbsolute()) {
            throw new FileSystemException(target.toString(), null, "not in the agent's home");
        }
        Path directory = home;
        for (Path name : inside.getParent() == null ? Path.of("") : inside.getParent()) {
            directory = directory.resolve(name);
            if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
                Files.deleteIfExists(directory);
                Files.createDirectory(directory);
            }
        }
        Files.deleteIfExists(target);
        try (var out = Files.newByteChannel(target, Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS))) {
            out.write(java.nio.ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
