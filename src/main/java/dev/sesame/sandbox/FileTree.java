package dev.sesame.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Trees of files that a command may have shaped with ill will: links to anywhere, depth beyond any stack,
/// directories without permissions. The work is done by coreutils, which walk by descriptor and follow no link.
public final class FileTree {
    private FileTree() {}

    /// Deletes it all; a root that is a link is deleted itself. Nothing there is fine. What a command made
    /// unwritable is made writable first where that is needed.
    public static void delete(Path root) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String path = root.toAbsolutePath().toString();
        var remove = List.of("rm", "-rf", "--one-file-system", "--", path);
        if (run(remove).isEmpty()) {
            return;
        }
        if (!Files.isSymbolicLink(root)) {
            run(List.of("chmod", "-R", "u+rwX", "--", path));
        }
        String trouble = run(remove);
        if (!trouble.isEmpty()) {
            throw new SandboxException("Can't delete " + path + ": " + trouble);
        }
    }

    /// Gives it all to a uid and its gid. Needs root.
    public static void give(Path root, int uid) {
        String path = root.toAbsolutePath().toString();
        String trouble = run(List.of("chown", "-R", "-P", "-h", uid + ":" + uid, "--", path));
        if (!trouble.isEmpty()) {
            throw new SandboxException("Can't give " + path + " to uid " + uid + ": " + trouble);
        }
    }

    /// Runs it to its end; what it said if it failed, else nothing.
    private static String run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8);
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            int status = process.waitFor();
            return status == 0 ? "" : said.isBlank() ? words.getFirst() + " failed with " + status : said.trim();
        } catch (IOException e) {
            throw new SandboxException("Can't run " + words.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while running " + words.getFirst(), e);
        }
    }
}
