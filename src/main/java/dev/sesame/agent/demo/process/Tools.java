package dev.sesame.agent.demo.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The agent's tools: it writes files of the workspace, takes notes if it may, and runs commands.
final class Tools {
    private static final OpenOption[] REPLACE = {
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS
    };
    private static final OpenOption[] APPEND = {
        StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS
    };
    private static final String NOTES = "NOTES.md";

    private final Stage stage;
    private final Path workspace;
    private boolean notesAllowed;

    Tools(Stage stage, Path workspace) {
        this.stage = stage;
        this.workspace = workspace;
    }

    /// Writes a file of numbered lines, cut at that size.
    void write(String path, long bytes) {
        String id = stage.nextId("t");
        stage.tool(id, "Write", "running")
                .open("input")
                .text("path", path)
                .number("bytes", bytes)
                .close();
        stage.show();
        Path file = inside(path);
        if (file == null) {
            stage.result(id, "Not a path inside the workspace: ".concat(path), true);
            return;
        }
        try (BufferedWriter out = Files.newBufferedWriter(withParents(file), REPLACE)) {
            long left = bytes;
            for (int n = 1; left > 0; n++) {
                String line = "line ".concat(Integer.toString(n)).concat("\n");
                int now = (int) Math.min(left, line.length());
                out.write(line, 0, now);
                left -= now;
            }
        } catch (IOException e) {
            stage.result(id, e.toString(), true);
            return;
        }
        stage.result(id, Long.toString(bytes).concat(" bytes written to ").concat(path), false);
    }

    /// Adds a text to a file at the top of the workspace.
    void append(String name, String text) {
        String id = stage.nextId("t");
        stage.tool(id, "Write", "running")
                .open("input")
                .text("path", name)
                .text("content", text)
                .close();
        stage.show();
        append(id, name, text);
    }

    /// Adds a line to NOTES.md, with permission only.
    void note(String title) throws InterruptedException {
        String id = stage.nextId("t");
        note(id, title, "pending");
        if (!notesAllowed) {
            Inbox.Answer answer = stage.ask(id, title);
            if (!answer.allowed()) {
                return;
            }
            notesAllowed = answer.decision().equals("allow_always");
        }
        note(id, title, "running");
        append(id, NOTES, title.concat("\n"));
    }

    private void note(String id, String title, String state) {
        stage.tool(id, "Note", state)
                .open("input")
                .text("path", NOTES)
                .text("text", title)
                .close();
        stage.show();
    }

    private void append(String id, String name, String text) {
        try (BufferedWriter out = Files.newBufferedWriter(workspace.resolve(name), APPEND)) {
            out.write(text);
        } catch (IOException e) {
            stage.result(id, e.toString(), true);
            return;
        }
        stage.result(id, "Written to ".concat(name), false);
    }

    /// Runs a command, asking first if that is wanted.
    void run(String command, String description, boolean ask) throws InterruptedException {
        String id = stage.nextId("t");
        if (ask) {
            command(id, command, description, "pending");
            if (!stage.ask(id, description).allowed()) {
                return;
            }
        }
        command(id, command, description, "running");
        Command started;
        try {
            started = Command.start(command, workspace);
        } catch (IOException e) {
            stage.result(id, e.toString(), true);
            return;
        }
        try {
            stage.result(id, started, started.await());
        } catch (InterruptedException e) {
            started.kill();
            throw e;
        }
    }

    private void command(String id, String command, String description, String state) {
        stage.tool(id, "Bash", state)
                .text("description", description)
                .open("input")
                .text("command", command)
                .close();
        stage.show();
    }

    /// The file of that path, or null if it is outside the workspace or there is a link on the way.
    private @Nullable Path inside(String path) {
        try {
            Path root = workspace.toRealPath();
            Path file = root.resolve(path).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                return null;
            }
            Path there = root;
            for (Path part : root.relativize(file)) {
                there = there.resolve(part);
                if (Files.isSymbolicLink(there)) {
                    return null;
                }
            }
            return file;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static Path withParents(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return file;
    }
}
