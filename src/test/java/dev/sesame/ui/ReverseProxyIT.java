package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.Certificate;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The configurations of `docs/reverse-proxy.md` with the real proxies, buffering and timeouts as they are by default.
@Tag("browser")
class ReverseProxyIT {
    private static final int COUNTED = 300;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"nginx, ''", "nginx, /sesame", "caddy, ''", "caddy, /sesame"})
    void everythingWorksBehind(String proxy, String path) throws IOException, InterruptedException {
        URI base = URI.create("https://127.0.0.1:" + ReverseProxy.freePort() + path);
        Certificate certificate = Certificate.in(directory);
        Map<String, String> environment = Map.of(
                "BASE_URL", base.toString(),
                "SERVER_TRUSTED_PROXIES", "127.0.0.1",
                "RATE_LIMIT_AUTH_PER_MINUTE", "10");
        try (SesameServer server = SesameServer.start(environment);
                ReverseProxy _ = start(proxy, base, server.port(), certificate);
                Chromium chromium = new Chromium()) {
            server.repository("app");
            Page page = chromium.page(base, Chromium.WIDE, ColorScheme.LIGHT);
            signUp(page, base);
            aSignInLeadsBackToThePage(chromium.page(base, Chromium.WIDE, ColorScheme.LIGHT), base);
            aStreamIsLiveAndGoesOnAfterAnInterruption(page, base, server);
            chromium.assertNoComplaints();
            attemptsAreCountedByTheClientsOwnAddress(base, certificate);
        }
    }

    private ReverseProxy start(String proxy, URI base, int to, Certificate certificate) throws IOException {
        return proxy.equals("nginx")
                ? ReverseProxy.nginx(base, to, certificate, directory)
                : ReverseProxy.caddy(base, to, certificate, directory);
    }

    private static void signUp(Page page, URI base) {
        page.navigate(base.toString());
        page.waitForURL(base + "/setup");
        page.getByLabel("Name").fill("Ada Admin");
        page.getByLabel("E-mail").fill("ada@example.com");
        page.getByLabel("Password").fill("correct horse");
        TaskPages.button(page, "Create admin account").click();
        page.waitForURL(base + "/welcome");
        assertThat(page.context().cookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.name).isEqualTo("__Secure-better-auth.session_token");
            assertThat(cookie.path).isEqualTo(base.getPath().isEmpty() ? "/" : base.getPath());
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.httpOnly).isTrue();
        });
    }

    private static void aSignInLeadsBackToThePage(Page page, URI base) {
        page.navigate(base + "/tasks/task_none?tab=log");
        page.getByLabel("E-mail").fill("ada@example.com");
        page.getByLabel("Password").fill("correct horse");
        page.keyboard().press("Enter");
        page.waitForURL(base + "/tasks/task_none?tab=log");
        page.context().close();
    }

    private static void aStreamIsLiveAndGoesOnAfterAnInterruption(Page page, URI base, SesameServer server) {
        page.navigate(base + "/new");
        page.getByLabel("Repository").fill("app");
        page.keyboard().press("Escape");
        page.getByLabel("Agent").selectOption("demo");
        page.getByLabel("Prompt").fill("Count\ndemo: text " + COUNTED + " 30");
        page.getByLabel("Prompt").press("Control+Enter");
        page.waitForURL(base + "/tasks/task_*");
        // It arrives while the agent still speaks, and piece by piece.
        assertThat(page.locator(".prose")).containsText(" 5 ");
        TaskPages.awaitStanding(page, "Running");
        page.reload();
        assertThat(page.locator(".prose")).containsText(" 20 ");
        TaskPages.awaitStanding(page, "Running");
        server.kill();
        assertThat(page.getByText("The connection is interrupted")).isVisible();
        server.restart();
        TaskPages.awaitStanding(page, "Completed");
        assertThat(page.locator(".prose").last()).containsText(" " + COUNTED);
        assertThat(TaskPages.counted(page))
                .isEqualTo(IntStream.rangeClosed(1, COUNTED).boxed().toList());
    }

    private static void attemptsAreCountedByTheClientsOwnAddress(URI base, Certificate certificate)
            throws IOException, InterruptedException {
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(base, certificate, "127.0.0.2", "192.0.2." + i)).isEqualTo(401);
        }
        assertThat(signIn(base, certificate, "127.0.0.2", "192.0.2.99")).isEqualTo(429);
        assertThat(signIn(base, certificate, "127.0.0.3", "127.0.0.2")).isEqualTo(401);
    }

    /// @param from the address of this client
    /// @param claimed what it says that its address is
    private static int signIn(URI base, Certificate certificate, String from, String claimed)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(certificate.trusting())
                .localAddress(InetAddress.getByName(from))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/auth/sign-in/email"))
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", claimed)
                    .POST(BodyPublishers.ofString("{\"email\":\"ada@example.com\",\"password\":\"wrong horse\"}"))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
