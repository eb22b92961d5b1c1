package dev.sesame.app;

import dev.sesame.setting.ServerConfig;
import io.quarkus.vertx.http.HttpServer;
import java.net.URI;

/// Where this process's server is reached from this machine, known once it listens.
final class Listening {

    private Listening() {}

    /// @param server of the framework; knows the port that the system chose where it was asked to
    static URI address(ServerConfig config, HttpServer server) {
        String host = config.loopback() ? config.host() : "127.0.0.1";
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort());
    }
}
