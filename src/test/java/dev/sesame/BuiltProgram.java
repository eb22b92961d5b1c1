package dev.sesame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as it was built, and how tests run it: as the launcher does, but compiled quickly rather than well,
/// since
/// no server of a test lives long.
public final class BuiltProgram {
    private static final Path APP = Path.of(System.getProperty("sesame.app", "target/quarkus-app"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Path CACHE = Path.of("target/sesame.aot").toAbsolutePath();
    private static boolean recorded;

    private BuiltProgram() {}

    /// A command line.
    ///
    /// @param jvmOptions further ones
    public static List<String> command(List<String> jvmOptions, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                JAVA.resolve("bin/java").toString(),
                "@" + Path.of("scripts/jvm.options").toAbsolutePath(),
                "-XX:TieredStopAtLevel=1"));
        if (hasCache()) {
            command.add("-XX:AOTCache=" + CACHE);
        }
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(APP.resolve("quarkus-run.jar").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /// The cache that halves a start is for the program where it was built.
    private static synchronized boolean hasCache() throws IOException {
        if (!recorded && APP.equals(Path.of("target/quarkus-app"))) {
            record();
        }
        recorded = true;
        return Files.exists(CACHE) && Files.size(CACHE) > 0;
    }

    private static void record() throws IOException {
        var script = new ProcessBuilder("sh", "scripts/aot-cache.sh").inheritIO();
        script.environment().put("SESAME_JAVA_HOME", JAVA.toString());
        try {
            script.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
