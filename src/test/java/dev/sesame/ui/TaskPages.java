package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sesame.HttpUser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What stories about tasks have in common.
final class TaskPages {
    private TaskPages() {}

    /// Makes a task for the demo agent by the API and returns its id.
    static String task(HttpUser user, String prompt, String permissionMode) {
        var answer = user.post(
                "/api/tasks",
                Map.of("prompt", prompt, "repository", "app", "agent", "demo", "permissionMode", permissionMode));
        if (answer.status() != 201) {
            throw new AssertionError("no task: " + answer);
        }
        return answer.text("id");
    }

    /// Fills in the form and sends it by the keyboard.
    static void create(Page page, String prompt) {
        page.navigate("/new");
        page.getByLabel("Repository").fill("app");
        page.keyboard().press("Escape");
        page.getByLabel("Agent").selectOption("demo");
        page.getByLabel("Prompt").fill(prompt);
        page.getByLabel("Prompt").press("Control+Enter");
        page.waitForURL("**/tasks/task_*");
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    static Locator tab(Page page, String name) {
        return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    /// Waits until the page's head says that the task stands so.
    static void awaitStanding(Page page, String word) {
        assertThat(page.locator("header").getByText(word, new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    /// The numbers that the demo agent counted, as the transcript shows them.
    static List<Integer> counted(Page page) {
        return Arrays.stream(page.locator(".prose").last().innerText().strip().split("\\s+"))
                .map(Integer::valueOf)
                .toList();
    }
}
