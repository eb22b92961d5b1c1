package dev.sesame.agent.demo.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A shell command on its way: its output, stdout and stderr as one, of which the beginning and the end are kept.
final class Command extends Thread {
    private static final int KEPT = 1 << 18;

    private final Process process;
    private final byte[] head = new byte[KEPT];
    private final byte[] tail = new byte[KEPT];
    private long read;

    private Command(Process process) {
        super("command");
        this.process = process;
        setDaemon(true);
    }

    static Command start(String command, Path directory) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        Command started = new Command(process);
        started.start();
        return started;
    }

    /// Waits for the shell's end and its exit code. What a child left behind still writes is not waited for.
    int await() throws InterruptedException {
        int code = process.waitFor();
        join(500);
        return code;
    }

    void kill() {
        ProcessHandle[] children = process.descendants().toArray(ProcessHandle[]::new);
        process.destroyForcibly();
        for (ProcessHandle child : children) {
            child.destroyForcibly();
        }
    }

    @Override
    public void run() {
        byte[] chunk = new byte[1 << 14];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                keep(chunk, n);
            }
        } catch (IOException e) {
            // The command was killed.
        }
    }

    private synchronized void keep(byte[] chunk, int n) {
        for (int i = 0; i < n; i++, read++) {
            if (read < KEPT) {
                head[(int) read] = chunk[i];
            } else {
                tail[(int) (read % KEPT)] = chunk[i];
            }
        }
    }

    synchronized String output() {
        int first = (int) Math.min(read, KEPT);
        String begin = new String(head, 0, first, StandardCharsets.UTF_8);
        int rest = (int) Math.min(read - first, KEPT);
        byte[] end = new byte[rest];
        for (int i = 0; i < rest; i++) {
            end[i] = tail[(int) ((read - rest + i) % KEPT)];
        }
        return begin.concat(read > 2L * KEPT ? "\n…\n" : "").concat(new String(end, StandardCharsets.UTF_8));
    }
}
