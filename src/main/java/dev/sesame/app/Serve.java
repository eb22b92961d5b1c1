package dev.sesame.app;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/// `sesame serve`: runs the server until it is told to stop (exit status 0) or can't start (1).
@Command(name = "serve", description = "Start the server. What sesame does without a command.")
final class Serve implements Callable<Integer> {

    @Override
    public Integer call() {
        return serve(Welcome.class);
    }

    /// Starts the server and, once it answers, the application given; returns the exit status.
    static int serve(Class<? extends io.quarkus.runtime.QuarkusApplication> application) {
        String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        String port = System.getenv().getOrDefault("PORT", "13531");
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", port);
        // The framework would answer undecodable addresses itself, with an empty body; our error handlers do it better.
        System.setProperty("vertx.disableURIValidation", "true");
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Quarkus.run(application, (code, failure) -> {
            if (failure != null) {
                System.err.println(StartFailure.inWords(failure, host, port));
            }
            status.complete(failure == null ? code : 1);
        });
        return status.getNow(0);
    }
}
