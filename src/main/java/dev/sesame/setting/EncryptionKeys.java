package dev.sesame.setting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The master keys that this process has: normally one, and the one before while a rotation lasts.
///
/// They are `ENCRYPTION_KEY` and `ENCRYPTION_KEY_PREVIOUS`, or else the lines of the key file in the data directory.
/// The file is read again when a key is asked for that is not known, so a server takes part in a rotation that
/// another process does. Safe from any thread.
public final class EncryptionKeys {
    private final @Nullable KeyFile file;
    private volatile List<EncryptionKey> keys;

    private EncryptionKeys(@Nullable KeyFile file, List<EncryptionKey> keys) {
        this.file = file;
        this.keys = keys;
    }

    /// Makes the key file if no key is given and none is there.
    public static EncryptionKeys load(ServerConfig config) throws IOException {
        String given = config.encryptionKey();
        if (given == null) {
            var file = new KeyFile(config.dataDirectory().resolve("encryption.key"));
            return new EncryptionKeys(file, file.readOrCreate());
        }
        String previous = config.previousEncryptionKey();
        return previous == null ? of(EncryptionKey.of(given)) : of(EncryptionKey.of(given), EncryptionKey.of(previous));
    }

    /// @param keys the newest first
    public static EncryptionKeys of(EncryptionKey... keys) {
        return new EncryptionKeys(null, List.of(keys));
    }

    public EncryptionKey newest() {
        return keys.getFirst();
    }

    /// By [EncryptionKey#id].
    public Optional<EncryptionKey> find(String id) {
        return known(id).or(() -> reread() ? known(id) : Optional.empty());
    }

    /// Where a new key must be put by hand: empty if they are in a file, which [#add] changes.
    public Optional<Path> file() {
        return Optional.ofNullable(file).map(KeyFile::path);
    }

    /// Puts a fresh key before the others, in the file.
    public void add(EncryptionKey fresh) throws IOException {
        var all = new ArrayList<EncryptionKey>(List.of(fresh));
        all.addAll(keys);
        change(all);
    }

    /// Forgets all but the newest, in the file too. Does nothing to keys of the environment.
    public void forgetOld() throws IOException {
        if (file != null && keys.size() > 1) {
            change(List.of(newest()));
        }
    }

    private void change(List<EncryptionKey> changed) throws IOException {
        if (file == null) {
            throw new IllegalStateException("The keys are the environment's");
        }
        file.replace(changed);
        keys = List.copyOf(changed);
    }

    private Optional<EncryptionKey> known(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private boolean reread() {
        try {
            if (file != null) {
                keys = file.read();
            }
            return file != null;
        } catch (IOException e) {
            throw new UncheckedIOException("The key file can't be read", e);
        }
    }
}
