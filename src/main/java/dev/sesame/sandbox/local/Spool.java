package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/// The files of a control directory; `supervisor.sh` says what each is. Holds nothing open.
record Spool(Path directory) {
    private static final System.Logger LOG = System.getLogger(Spool.class.getName());

    /// A line that can be no JSON: the supervisor closes the command's stdin when it comes to it.
    static final byte[] CLOSE = {4, '\n'};

    /// There if the command joined the namespaces of another.
    static final String JOINED = "joined";

    /// An empty claim is one that is being written, or that a host which died has lost.
    private static final Duration CLAIMING = Duration.ofSeconds(5);

    void prepare(Instant deadline, Map<String, String> texts) {
        attempt("prepare", () -> {
            var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(directory, ownersOnly);
            for (String name : List.of("in", "out", "err")) {
                touch(file(name));
            }
            for (var text : texts.entrySet()) {
                Files.writeString(file(text.getKey()), text.getValue());
            }
            replace("deadline", uptime(deadline));
            return true;
        });
    }

    boolean started() {
        return Files.exists(file("pid"));
    }

    boolean starting() {
        return attempt(
                "look at",
                () -> Files.size(file("pid")) == 0
                        && Files.getLastModifiedTime(file("pid"))
                                .toInstant()
                                .plus(CLAIMING)
                                .isAfter(Instant.now()));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    int read(Stream stream, long offset, ByteBuffer into) {
        return attempt("read the output of", () -> {
            try (var channel = FileChannel.open(output(stream))) {
                return Math.max(0, channel.read(into, offset));
            }
        });
    }

    long size(Stream stream) {
        return attempt("read the output of", () -> Files.size(output(stream)));
    }

    long inputSize() {
        return attempt("read the input of", () -> Files.size(file("in")));
    }

    InputStream openInput() {
        return attempt("read the input of", () -> Files.newInputStream(file("in")));
    }

    // By position, not appending: whoever writes the same bytes again changes nothing.
    void write(long offset, byte[] bytes) {
        attempt("write the input of", () -> {
            try (var channel = FileChannel.open(file("in"), StandardOpenOption.WRITE)) {
                long size = channel.size();
                if (offset > size) {
                    throw new SandboxException("Input at " + offset + " would leave a gap after " + size);
                }
                var rest = ByteBuffer.wrap(bytes);
                rest.position((int) Math.min(bytes.length, size - offset));
                while (rest.hasRemaining()) {
                    channel.write(rest, offset + rest.position());
                }
                return true;
            }
        });
    }

    void moveDeadline(Instant deadline) {
        attempt("move the deadline of", () -> replace("deadline", uptime(deadline)));
    }

    boolean deadlinePassed() {
        return Files.exists(file("deadline-passed"));
    }

    boolean memoryExhausted() {
        return Files.exists(file("memory-exhausted"));
    }

    boolean outputLost() {
        return Files.exists(file("output-lost"));
    }

    OptionalInt exit() {
        return attempt("read the end of", () -> {
            try {
                return OptionalInt.of(
                        Integer.parseInt(Files.readString(file("exit")).trim()));
            } catch (NoSuchFileException | NumberFormatException notYet) {
                return OptionalInt.empty();
            }
        });
    }

    /// Of a run that left none, or half of one. Where the disk is full it isn't kept: the next look finds the same.
    OptionalInt recordExit(int status) {
        try {
            replace("exit", Integer.toString(status));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Can''t record the end of the sandbox in {0}: {1}", directory, e);
        }
        return OptionalInt.of(status);
    }

    private Path output(Stream stream) {
        return switch (stream) {
            case STDOUT -> file("out");
            case STDERR -> file("err");
        };
    }

    private Path replace(String name, String text) throws IOException {
        Path written = Files.writeString(file(name + "." + UUID.randomUUID()), text + "\n");
        return Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    // As seconds of uptime, so that a clock that jumps moves no deadline. Rounded up: it is never early.
    private static String uptime(Instant deadline) throws IOException {
        String now = Files.readString(Path.of("/proc/uptime"));
        double left = Duration.between(Instant.now(), deadline).toMillis() / 1e3;
        return Long.toString((long) Math.ceil(Double.parseDouble(now.substring(0, now.indexOf(' '))) + left));
    }

    private static void touch(Path file) throws IOException {
        // What the agent prints is not redacted yet.
        var ownersAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownersAlone)
                .close();
    }

    private <T> T attempt(String what, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw new SandboxException("Can't " + what + " the sandbox in " + directory + ": " + e, e);
        }
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }
}
