package dev.sesame.app;

import dev.sesame.setting.BadConfigurationException;
import dev.sesame.setting.ServerConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sesame serve`: runs the server until it is told to stop (exit status 0) or can't start (1).
@Command(
        name = "serve",
        description = "Start the server. What sesame does without a command.",
        footer = {
            "",
            "PORT (13531), HOST (127.0.0.1), BASE_URL and DATA_DIR say where; docs/operations.md has the rest."
        },
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {

    @Option(names = "--until-stdin-closes", hidden = true, description = "End when the parent process does.")
    private boolean untilStdinCloses;

    @Override
    public Integer call() {
        if (untilStdinCloses) {
            Thread.ofPlatform().daemon().name("wait for the end of stdin").start(Serve::endWithStdin);
        }
        return serve(Welcome.class);
    }

    /// Starts the server and, once it answers, the application given; returns the exit status.
    static int serve(Class<? extends QuarkusApplication> application) {
        ServerConfig config;
        try {
            config = ServerConfig.from(System.getenv());
        } catch (BadConfigurationException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        System.setProperty("quarkus.http.host", config.host());
        System.setProperty("quarkus.http.port", Integer.toString(config.port()));
        // Or the framework itself answers addresses that can't be decoded, with an empty body instead of a problem.
        System.setProperty("vertx.disableURIValidation", "true");
        AtomicInteger status = new AtomicInteger();
        Quarkus.run(application, (code, failure) -> {
            if (failure != null) {
                System.err.println(StartFailure.inWords(failure, config));
            }
            status.set(failure == null ? code : 1);
        });
        return status.get();
    }

    private static void endWithStdin() {
        try {
            while (System.in.read() >= 0) {
                // Nobody says anything here.
            }
        } catch (IOException e) {
            // As good as its end.
        }
        Quarkus.asyncExit(0);
    }
}
