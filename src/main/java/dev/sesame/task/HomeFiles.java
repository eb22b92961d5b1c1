package dev.sesame.task;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Our files in an agent's home: written before its start, read while it runs, taken away after its end. The
/// home holds whatever an agent made of it, and we may be root: no link is followed, nothing but a plain file
/// is read, and a file that is there is replaced, not opened.
final class HomeFiles {
    private static final Set<OpenOption> AS_IT_IS = Set.of(READ, WRITE, NOFOLLOW_LINKS);

    private HomeFiles() {}

    /// For its owner alone. No process may use the home now.
    static void write(Path home, Path target, String content) throws IOException {
        Path inside = inside(home, target);
        Path directory = home;
        for (Path name : inside.getParent() == null ? Path.of("") : inside.getParent()) {
            directory = directory.resolve(name);
            if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
                Files.deleteIfExists(directory);
                Files.createDirectory(directory);
            }
        }
        Files.deleteIfExists(target);
        var ownersAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var out = Files.newByteChannel(target, Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS), ownersAlone)) {
            out.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// The text of a plain file of at most so many bytes; empty if there is no such file. Never waits,
    /// whatever the agent puts there meanwhile: a pipe opens at once for reading and writing, and can't be
    /// read at a position.
    static Optional<String> read(Path home, Path target, int atMost) {
        Path inside = inside(home, target);
        return Optional.ofNullable(in(home, inside, directory -> {
            try (SeekableByteChannel channel = directory.newByteChannel(inside.getFileName(), AS_IT_IS)) {
                return channel instanceof FileChannel file ? text(file, atMost) : null;
            }
        }));
    }

    /// Writes another content into a plain file that holds a known one, while the agent runs; true if it did.
    /// Only a file that holds just that is written to, by the handle that it was read by, so that nothing the
    /// agent puts in its place meanwhile is harmed.
    ///
    /// @param content in a format that allows blanks at its end, which a reader may see there for a moment
    static boolean replace(Path home, Path target, String known, String content) {
        Path inside = inside(home, target);
        String replaced = in(home, inside, directory -> {
            try (SeekableByteChannel channel = directory.newByteChannel(inside.getFileName(), AS_IT_IS)) {
                byte[] before = known.getBytes(StandardCharsets.UTF_8);
                if (channel instanceof FileChannel file && known.equals(text(file, before.length))) {
                    replace(file, before.length, content.getBytes(StandardCharsets.UTF_8));
                    return content;
                }
                return null;
            }
        });
        // It counts if it is there now: the agent may have put another file in its place meanwhile.
        return replaced != null && read(home, target, content.length() * 4).equals(Optional.of(content));
    }

    /// Never shorter than it was until it is whole: a reader sees no rest of the old content behind the new.
    private static void replace(FileChannel file, int length, byte[] content) throws IOException {
        byte[] padded = Arrays.copyOf(content, Math.max(length, content.length));
        Arrays.fill(padded, content.length, padded.length, (byte) ' ');
        ByteBuffer bytes = ByteBuffer.wrap(padded);
        while (bytes.hasRemaining()) {
            file.write(bytes, bytes.position());
        }
        if (file.size() == padded.length) {
            file.truncate(content.length);
        }
    }

    private static @Nullable String text(FileChannel file, int atMost) throws IOException {
        long size = file.size();
        if (size < 1 || size > atMost) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {}
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// Nothing there is fine.
    static void delete(Path home, Path target) {
        Path inside = inside(home, target);
        in(home, inside, directory -> {
            directory.deleteFile(inside.getFileName());
            return null;
        });
    }

    private interface Act {
        @Nullable
        String on(SecureDirectoryStream<Path> directory) throws IOException;
    }

    /// Acts in the directory where the file is or could be; null if there is none, or the act fails.
    private static @Nullable String in(Path home, Path inside, Act act) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(home)) {
            if (stream instanceof SecureDirectoryStream<Path> directory) {
                return in(directory, inside, 0, act);
            }
            throw new IllegalStateException("This host has no directories that can be walked safely");
        } catch (IOException e) {
            return null; // not there, or not what it should be: the agent's doing
        }
    }

    private static @Nullable String in(SecureDirectoryStream<Path> at, Path inside, int depth, Act act)
            throws IOException {
        if (depth == inside.getNameCount() - 1) {
            return act.on(at);
        }
        try (SecureDirectoryStream<Path> next = at.newDirectoryStream(inside.getName(depth), NOFOLLOW_LINKS)) {
            return in(next, inside, depth + 1, act);
        }
    }

    private static Path inside(Path home, Path target) {
        Path inside = home.relativize(target.normalize());
        if (inside.startsWith("..") || inside.isAbsolute()) {
            throw new IllegalArgumentException(target + " is not in the agent's home");
        }
        return inside;
    }
}
