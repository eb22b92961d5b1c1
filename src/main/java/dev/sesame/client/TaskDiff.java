package dev.sesame.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/// `sesame task diff`: the work so far.
@Command(name = "diff", description = "Print a task's work as a unified diff.", mixinStandardHelpOptions = true)
final class TaskDiff extends OneTask {

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        byte[] diff = connection.bytes(path() + "/diff");
        if (json) {
            print(Connection.JSON.createObjectNode().put("diff", new String(diff, StandardCharsets.UTF_8)));
        } else if (Terminal.isOutput()) {
            out().print(Printable.of(new String(diff, StandardCharsets.UTF_8)));
            requirePrinted();
        } else {
            write(diff);
        }
        return GOOD;
    }

    /// Byte by byte as it is, whatever the files' encoding.
    private void write(byte[] diff) throws ClientException {
        try (OutputStream stdout = new FileOutputStream(FileDescriptor.out)) {
            stdout.write(diff);
        } catch (IOException e) {
            throw ClientException.of("The diff can't be written: " + e.getMessage() + ".");
        }
    }
}
