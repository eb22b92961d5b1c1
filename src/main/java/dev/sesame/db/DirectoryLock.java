package dev.sesame.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One server per data directory: an operating system's lock on a file in it, which ends with the process however
/// it ends. The file holds the owner's process id, for the message to the second server.
final class DirectoryLock {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) {
        Path file = directory.resolve("server.lock");
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new DatabaseUnavailable(
                        "Another Sesame server%s uses the data directory %s. Stop it, or set DATA_DIR to another one."
                                .formatted(ownerOf(file), directory.toAbsolutePath()),
                        null);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    Long.toString(ProcessHandle.current().pid()).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    "The data directory %s can't be used: %s. Make it writable, or set DATA_DIR to another one."
                            .formatted(directory.toAbsolutePath(), e),
                    e);
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String ownerOf(Path file) {
        @Nullable String pid;
        try {
            pid = Files.readString(file);
        } catch (IOException e) {
            return "";
        }
        return pid.isBlank() ? "" : " (process " + pid + ")";
    }
}
