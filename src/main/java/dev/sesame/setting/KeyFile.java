package dev.sesame.setting;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/// The file `encryption.key` of the data directory, mode 0600: one key a line, the newest first. More than one line
/// is there only while secrets are encrypted anew.
///
/// Changed by a rename, so that a reader sees the old content or the new one, and a crash leaves no half of a key.
record KeyFile(Path path) {

    /// The keys in it; made with a fresh one if it is not there. Two servers that start at once agree on one.
    List<EncryptionKey> readOrCreate() throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path draft = draft(List.of(EncryptionKey.fresh()));
            try {
                Files.createLink(path, draft);
            } catch (FileAlreadyExistsException e) {
                // another server was first, its key holds
            } finally {
                Files.delete(draft);
            }
        }
        return read();
    }

    List<EncryptionKey> read() throws IOException {
        List<String> lines = Files.readString(path).lines().map(String::strip).toList();
        if (lines.isEmpty() || !lines.stream().allMatch(line -> line.matches("[0-9a-fA-F]{64}"))) {
            throw new BadConfigurationException(path + ": expected 64 hex digits");
        }
        return lines.stream().map(EncryptionKey::of).toList();
    }

    void replace(List<EncryptionKey> keys) throws IOException {
        Files.move(draft(keys), path, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private Path draft(List<EncryptionKey> keys) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), "encryption", ".draft", ownerOnly);
        String content = keys.stream().map(EncryptionKey::hex).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(draft, content, StandardOpenOption.SYNC);
        return draft;
    }
}
