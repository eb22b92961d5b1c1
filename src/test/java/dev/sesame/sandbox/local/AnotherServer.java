package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A server in a JVM of its own: starts a script, says so, and waits to be killed.
final class AnotherServer {
    private AnotherServer() {}

    static Process start(Isolation isolation, Path files, Path place, String script) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnotherServer.class.getName(),
                        isolation.name(),
                        files.toString(),
                        place.toString(),
                        script))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] words) throws InterruptedException {
        var provider = LocalSandboxes.only(Isolation.valueOf(words[0]), Path.of(words[1]));
        provider.start(Runs.script(provider, Path.of(words[2]), words[3]));
        System.out.println("started");
        Thread.sleep(Long.MAX_VALUE);
    }
}
