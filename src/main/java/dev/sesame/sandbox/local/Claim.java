package dev.sesame.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Names a process for good, as the supervisor writes it down: of itself (`pid`) and of the launcher (`agent`).
record Claim(long pid, long started) {
    static final String BOOT_ID = bootId();

    /// Of a process of this boot; empty if it is another's or the file is not there or not whole (a host that died
    /// may leave that behind).
    static Optional<Claim> read(Path file) {
        try {
            String[] words = Files.readString(file).trim().split(" ");
            boolean ours = words.length == 2 || (words.length == 3 && words[2].equals(BOOT_ID));
            return ours ? Optional.of(new Claim(Long.parseLong(words[0]), Long.parseLong(words[1]))) : Optional.empty();
        } catch (IOException | NumberFormatException absent) {
            return Optional.empty();
        }
    }

    /// The process, while it lives.
    Optional<ProcessFacts> living() {
        return ProcessFacts.of(pid).filter(now -> now.started() == started && now.lives());
    }

    /// Whether the pid, and with it the session of that number, may have gone to somebody else.
    boolean reused() {
        return ProcessFacts.of(pid).filter(now -> now.started() != started).isPresent();
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("Sandboxes of this kind need Linux with /proc", e);
        }
    }
}
