package dev.sesame.terminal;

import dev.sesame.http.Problem;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;

/// The last inputs that came with an idempotency key, so that none is typed twice. A mark is part of the very record
/// that has the keys: whatever dies, both are in the shell's input or neither is, and there the next server finds
/// them. (A disk that is full can cut a record short.) Not safe for several threads.
final class KnownInputs {
    private static final System.Logger LOG = System.getLogger(KnownInputs.class.getName());

    /// Who sends again does so before going on, so the last input of each writer would do.
    private static final int MOST = 1_000;

    private final LinkedHashMap<String, Integer> records = new LinkedHashMap<>();

    /// Whether this was taken before; throws if it was something else that had the mark.
    boolean has(String mark, byte[] record) {
        Integer known = records.get(mark);
        if (known != null && known != Arrays.hashCode(record)) {
            throw Problem.UNPROCESSABLE_ENTITY.because("Idempotency-Key: the key was used before with another body");
        }
        return known != null;
    }

    void add(String mark, byte[] record) {
        if (mark.isEmpty()) {
            return;
        }
        records.putLast(mark, Arrays.hashCode(record));
        if (records.size() > MOST) {
            records.pollFirstEntry();
        }
    }

    /// Adds what the shell was told, by whichever server.
    void addAll(Sandbox shell) {
        try (var lines = new BufferedReader(new InputStreamReader(shell.openInput(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 3 && words[0].equals("i")) {
                    add(words[2], (line + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException | SandboxException e) {
            // The task goes on without.
            LOG.log(Level.WARNING, "What the shell in {0} was told is not known: {1}", shell.directory(), e);
        }
    }
}
