package dev.sesame.app;

import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.nio.file.Path;

/// What the training run does once the server answers: the tour, whose output goes to the log of the build.
@Singleton
@Unremovable
final class Rehearsal implements QuarkusApplication {

    private final ServerConfig config;
    private final Settings settings;
    private final HttpServer server;

    Rehearsal(ServerConfig config, Settings settings, HttpServer server) {
        this.config = config;
        this.settings = settings;
        this.server = server;
    }

    @Override
    public int run(String... arguments) {
        Path repositories =
                Path.of(settings.get(SettingKeys.GIT_LOCAL_REPOSITORIES).getFirst());
        return Tour.run(
                Listening.address(config, server),
                repositories,
                new PrintWriter(System.out, true, System.out.charset()));
    }
}
