package dev.sesame.app;

import dev.sesame.sandbox.local.LocalSandboxes;
import dev.sesame.setting.ServerConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.util.Locale;

/// Says where to go next once the server answers, then waits for its end.
@Singleton
@Unremovable
final class Welcome implements QuarkusApplication {

    private final ServerConfig config;
    private final LocalSandboxes sandboxes;
    private final HttpServer server;

    Welcome(ServerConfig config, LocalSandboxes sandboxes, HttpServer server) {
        this.config = config;
        this.sandboxes = sandboxes;
        this.server = server;
    }

    @Override
    public int run(String... arguments) {
        System.out.println(text());
        Quarkus.waitForExit();
        return 0;
    }

    private String text() {
        return """
                Sesame %s listens on %s
                  data       %s
                  isolation  %s: %s
                  next       sign up (the first account is the admin) and give it a task, see README.md;
                             `sesame demo` shows one without any of it, `sesame doctor` what this host lacks.""".formatted(
                        Version.ours(),
                        address(),
                        config.dataDirectory(),
                        sandboxes.isolation().name().toLowerCase(Locale.ROOT),
                        sandboxes.description());
    }

    /// With the port that the system chose, where it was asked to.
    private String address() {
        return config.port() == 0
                ? Listening.address(config, server).toString()
                : config.baseUrl().toString();
    }
}
