package dev.sesame.app;

import dev.sesame.setting.ServerConfig;
import java.net.URI;

/// Where this process's server is reached from this machine, known once it listens.
final class Listening {

    private Listening() {}

    static URI address(ServerConfig config) {
        String host = config.loopback() ? config.host() : "127.0.0.1";
        // Quarkus puts the port that the system chose where the one asked for was.
        String port = System.getProperty("quarkus.http.port");
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
