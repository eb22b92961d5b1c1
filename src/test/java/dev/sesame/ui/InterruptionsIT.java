package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What breaks while one watches; the transcript goes on exactly where it was.
class InterruptionsIT {
    private static final List<Integer> ALL =
            IntStream.rangeClosed(1, 400).boxed().toList();

    @Test
    void aReloadAndADeadServerInTheMiddleOfAMessageLoseNothing() {
        try (SesameServer server = SesameServer.start();
                Chromium chromium = new Chromium()) {
            server.repository("app");
            Page page = chromium.page(server.admin(), Chromium.WIDE, ColorScheme.LIGHT);
            page.navigate("/tasks/" + TaskPages.task(server.admin(), "Count\ndemo: text 400 15", "auto"));
            assertThat(page.locator(".prose")).containsText(" 20 ");
            page.reload();
            assertThat(page.locator(".prose")).containsText(" 60 ");
            server.kill();
            assertThat(page.getByText("The connection is interrupted")).isVisible();
            server.restart();
            assertThat(page.getByText("The connection is interrupted")).isHidden();
            TaskPages.awaitStanding(page, "Completed");
            assertThat(TaskPages.counted(page)).isEqualTo(ALL);
            chromium.assertNoComplaints();
        }
    }

    @Test
    void whatIsTypedWhileTheServerIsAwayOrItsAnswerIsLostArrivesOnce() {
        try (SesameServer server = SesameServer.start();
                Chromium chromium = new Chromium()) {
            server.repository("app");
            Page page = chromium.page(server.admin(), Chromium.WIDE, ColorScheme.LIGHT);
            page.navigate("/tasks/" + TaskPages.task(server.admin(), "Wait\ndemo: ask Go on?", "ask"));
            TaskPages.awaitStanding(page, "Needs an answer");
            page.keyboard().press("3");
            TaskPages.button(page, "Open a shell").click();
            assertThat(TaskPages.button(page, "Stop writing")).isVisible();

            var lost = new AtomicInteger();
            page.route("**/terminal/input", route -> {
                if (lost.incrementAndGet() <= 2) {
                    assertThat(route.fetch().status()).isEqualTo(204);
                    route.abort();
                } else {
                    route.resume();
                }
            });
            type(page, "echo lost-$((1 + 1))");
            assertThat(shown(page, "lost-2")).hasCount(1);

            server.kill();
            assertThat(page.getByText("The connection is interrupted")).isVisible();
            type(page, "echo away-$((40 + 2))");
            assertThat(page.getByText("What you type waits")).isVisible();
            server.restart();
            assertThat(shown(page, "away-42")).hasCount(1);
            assertThat(page.getByText("What you type waits")).isHidden();
            type(page, "echo back-$((40 + 3))");
            assertThat(shown(page, "back-43")).hasCount(1);
            assertThat(page.locator(".xterm-rows").getByText("$ echo ")).hasCount(3);
            chromium.assertNoComplaints();
        }
    }

    private static void type(Page page, String line) {
        page.keyboard().type(line);
        page.keyboard().press("Enter");
    }

    /// The lines of the terminal that are this and nothing else.
    private static Locator shown(Page page, String line) {
        return page.locator(".xterm-rows > div").getByText(line, new Locator.GetByTextOptions().setExact(true));
    }
}
