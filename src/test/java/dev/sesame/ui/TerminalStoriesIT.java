package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The terminal of a task, with a real shell in the real sandbox.
@Tag("browser")
class TerminalStoriesIT {
    private static final SesameServer SERVER = SesameServer.shared();
    private static Chromium chromium;

    private final HttpUser user = SERVER.user();

    @BeforeAll
    static void open() {
        SERVER.repository("terminal");
        chromium = new Chromium();
    }

    @AfterEach
    void quiet() {
        chromium.assertNoComplaints();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void aShellIsUsedReloadedSharedAndReadAfterItsEnd() {
        String id = task();
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/tasks/" + id);
        TaskPages.awaitStanding(page, "Needs an answer");
        page.keyboard().press("3");
        assertThat(screen(page)).containsText("$ printf");
        TaskPages.button(page, "Open a shell").click();
        assertThat(TaskPages.button(page, "Stop writing")).isVisible();
        type(page, "printf '\\033[32mgreen\\033[0m and \\033[31mred\\033[0m %s\\n' $((6 * 7))");
        assertThat(screen(page)).containsText("green and red 42");
        Looks.good(page, "task-terminal");
        // axe can't see what is hidden from screen readers, so this is looked at here.
        assertThat(screen(page)).hasCSS("color", "rgb(27, 28, 32)");

        page.keyboard().press("F6");
        assertThat(TaskPages.button(page, "Stop writing")).isFocused();
        page.keyboard().press("F6");
        type(page, "for n in 1 2 3 4 5 6 7 8; do echo tick-$n; sleep 0.4; done");
        assertThat(screen(page)).containsText("tick-2");
        page.reload();
        assertThat(screen(page)).containsText("tick-8");
        assertThat(screen(page)).containsText("green and red 42");
        assertThat(screen(page).getByText("tick-3", new Locator.GetByTextOptions().setExact(true)))
                .hasCount(1);
        assertThat(TaskPages.button(page, "Stop writing")).isVisible();
        page.keyboard().press("F6");
        type(page, "echo after-$((1 + 1))");
        assertThat(screen(page)).containsText("after-2");

        Page other = chromium.page(user, Chromium.PHONE, ColorScheme.DARK);
        other.navigate("/tasks/" + id + "?tab=terminal");
        assertThat(screen(other)).containsText("after-2");
        TaskPages.button(other, "Write here").click();
        assertThat(other.getByText("Somebody else writes in this terminal")).isVisible();
        type(page, "exit");
        assertThat(screen(page)).containsText("[The shell has ended.]");
        assertThat(TaskPages.button(page, "Open a shell")).isVisible();

        answer(id);
        for (Page each : new Page[] {page, other}) {
            assertThat(each.getByText("The task is over. This is what its terminal showed."))
                    .isVisible();
            each.reload();
            assertThat(screen(each)).containsText("[The shell has ended.]");
            assertThat(TaskPages.button(each, "Open a shell")).hasCount(0);
        }
        Looks.good(other, "task-terminal-over");
        page.context().close();
        other.context().close();
    }

    private String task() {
        var answer = user.post(
                "/api/tasks",
                Map.of(
                        "prompt",
                        "Look around\ndemo: run printf '\\033[32mPASS\\033[0m 12 tests\\n'\ndemo: ask Go on?",
                        "repository",
                        "terminal",
                        "agent",
                        "demo",
                        "permissionMode",
                        "ask"));
        assertThat(answer.status()).isEqualTo(201);
        return answer.text("id");
    }

    private void answer(String id) {
        String question = user.get("/api/tasks/" + id + "/events")
                .json()
                .findPath("requestId")
                .asText();
        assertThat(user.post("/api/tasks/" + id + "/permissions/" + question, Map.of("decision", "allow"))
                        .status())
                .isEqualTo(200);
    }

    private static Locator screen(Page page) {
        return page.locator(".xterm-rows");
    }

    /// As by hand, into what has the focus.
    private static void type(Page page, String line) {
        assertThat(page.getByLabel("Terminal input. Press F6 to leave it.")).isFocused();
        page.keyboard().type(line);
        page.keyboard().press("Enter");
    }
}
