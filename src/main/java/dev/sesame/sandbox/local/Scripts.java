package dev.sesame.sandbox.local;

import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The files that ship in the jar and must lie in the file system. A directory per version, never changed: a shell
/// reads its script as it goes, and supervisors outlive the server that unpacked theirs.
final class Scripts {
    private static final List<String> NAMES = List.of("supervisor.sh", "passwd", "group");

    private Scripts() {}

    /// @param under made if absent
    static Path unpack(Path under) {
        try {
            Map<String, byte[]> files = load();
            Path directory = under.toAbsolutePath().resolve(version(files));
            if (Files.isDirectory(directory)) {
                return directory;
            }
            Files.createDirectories(under);
            Path fresh = Files.createTempDirectory(under.toAbsolutePath(), "unpacking");
            for (var file : files.entrySet()) {
                Files.write(fresh.resolve(file.getKey()), file.getValue());
            }
            new ProcessBuilder("chmod", "-R", "a+rX", fresh.toString()).start().waitFor();
            return install(fresh, directory);
        } catch (IOException e) {
            throw new SandboxException("Can't unpack the supervisor into " + under + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while unpacking the supervisor", e);
        }
    }

    private static Path install(Path fresh, Path directory) throws IOException {
        try {
            return Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            dev.sesame.sandbox.FileTree.delete(fresh);
            if (Files.isDirectory(directory)) {
                return directory; // Another server was faster.
            }
            throw e;
        }
    }

    private static Map<String, byte[]> load() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (String name : NAMES) {
            try (InputStream in = Objects.requireNonNull(Scripts.class.getResourceAsStream(name), name)) {
                files.put(name, in.readAllBytes());
            }
        }
        return files;
    }

    private static String version(Map<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
