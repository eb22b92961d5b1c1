package dev.sesame.auth;

import dev.sesame.setting.ServerConfig;
import jakarta.inject.Singleton;

/// Where clients may be sent next: pages of ours and nowhere else.
@Singleton
final class OwnAddress {
    private final ServerConfig config;

    OwnAddress(ServerConfig config) {
        this.config = config;
    }

    /// Whether the address, absolute or a path, stays on our site.
    boolean leads(String url) {
        return url.startsWith(config.baseUrl() + "/") || url.matches("/([^/\\\\].*)?");
    }

    /// The absolute address of a path of ours.
    String of(String path) {
        return config.baseUrl() + path;
    }
}
