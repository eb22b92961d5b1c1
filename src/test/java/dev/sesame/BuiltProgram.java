package dev.sesame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as it was built, and how tests run it: as the launcher does, but compiled quickly rather than well,
/// since no server of a test lives long. The property `sesame.measured` says that it is to run as it does for users.
public final class BuiltProgram {
    private static final Path APP = Path.of(System.getProperty("sesame.app", "target/quarkus-app"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Path CACHE = Path.of("target/sesame.aot").toAbsolutePath();

    private BuiltProgram() {}

    /// A command line.
    ///
    /// @param jvmOptions further ones
    public static List<String> command(List<String> jvmOptions, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                JAVA.resolve("bin/java").toString(),
                "@" + Path.of("scripts/jvm.options").toAbsolutePath()));
        if (!Boolean.getBoolean("sesame.measured")) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        // The build records it before the tests that run the program; the JVM ignores one of another build.
        if (Files.exists(CACHE) && Files.size(CACHE) > 0) {
            command.add("-XX:AOTCache=" + CACHE);
        }
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(APP.resolve("quarkus-run.jar").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
