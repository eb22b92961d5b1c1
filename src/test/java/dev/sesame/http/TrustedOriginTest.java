package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrustedOriginTest {
    private final TrustedOrigin guard = new TrustedOrigin(
            ServerConfig.from(Map.of("BASE_URL", "https://sesame.example.com/tools")),
            new Settings(Map.of("SERVER_TRUSTED_HOSTS", "other.example.com")));

    @Test
    void trusts_the_base_url_whatever_the_host_behind_a_proxy_is() {
        trusted("https://sesame.example.com", "10.0.0.7:13531");
        trusted("https://SESAME.example.com:443", "10.0.0.7:13531");
        refused("http://sesame.example.com", "10.0.0.7:13531");
        refused("https://sesame.example.com:8443", "10.0.0.7:13531");
        refused("https://sesame.example.com.evil.org", "sesame.example.com");
    }

    @Test
    void trusts_the_requests_own_host_if_its_name_is_trusted() {
        trusted("http://localhost:13531", "localhost:13531");
        trusted("http://127.0.0.1:13531", "127.0.0.1:13531");
        trusted("http://[::1]:13531", "[::1]:13531");
        trusted("http://app.localhost:1", "app.localhost:1");
        trusted("http://other.example.com", "other.example.com");
        refused("http://localhost:3000", "localhost:13531");
    }

    @Test
    void a_name_that_was_rebound_to_our_address_is_not_trusted() {
        refused("http://evil.example.org:13531", "evil.example.org:13531");
        refused("http://127.0.0.1.evil.org", "127.0.0.1.evil.org");
        refused("http://localhost.evil.org", "localhost.evil.org");
    }

    @Test
    void an_origin_that_is_none_is_not_trusted() {
        refused("null", "localhost");
        refused("", "localhost");
        refused("file://", "localhost");
        refused("http://local host", "localhost");
        refused("http://localhost@evil.org", "localhost@evil.org");
    }

    @Test
    void without_an_origin_only_a_request_without_cookies_passes() {
        assertThatCode(() -> guard.check(null, "evil.example.org", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check(null, "localhost", true))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Origin");
    }

    private void trusted(String origin, @Nullable String host) {
        assertThatCode(() -> guard.check(origin, host, true)).doesNotThrowAnyException();
    }

    private void refused(String origin, @Nullable String host) {
        assertThatThrownBy(() -> guard.check(origin, host, false)).isInstanceOf(ProblemException.class);
    }
}
