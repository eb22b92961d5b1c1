package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Working with tasks, by mouse and by keyboard.
@Tag("browser")
class TaskStoriesIT {
    private static final SesameServer SERVER = SesameServer.shared();
    private static Chromium chromium;

    private final HttpUser user = SERVER.user();
    private Page page;

    @BeforeAll
    static void open() {
        SERVER.repository("app");
        chromium = new Chromium();
    }

    @BeforeEach
    void enter() {
        page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
    }

    @AfterEach
    void leave() {
        page.context().close();
        chromium.assertNoComplaints();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void aPromptBecomesATaskThatIsWatchedToItsEnd() {
        page.navigate("/new");
        page.getByLabel("Prompt").fill("Half a thought");
        page.reload();
        assertThat(page.getByLabel("Prompt")).hasValue("Half a thought");

        TaskPages.create(page, "Count\ndemo: text 20 5\ndemo: write a.txt 10\ndemo: run echo found; exit 0");
        TaskPages.awaitStanding(page, "Completed");
        assertThat(TaskPages.counted(page)).hasSize(20);
        TaskPages.button(page, "echo found").click();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Output")))
                .containsText("found");
        page.keyboard().press("2");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("a.txt")))
                .isVisible();

        page.navigate("/new");
        assertThat(page.getByLabel("Prompt")).hasValue("");
        assertThat(page.getByLabel("Repository")).hasValue("app");
        assertThat(page.getByLabel("Agent")).hasValue("demo");
    }

    @Test
    void aQuestionIsAnsweredFromTheList() {
        page.navigate("/");
        TaskPages.task(user, "Ask me\ndemo: ask Write a note", "ask");
        TaskPages.button(page, "Answer").click();
        TaskPages.button(page, "Allow").first().click();
        assertThat(page.getByRole(AriaRole.LISTITEM).getByText("Completed")).isAttached();
    }

    @Test
    void whoLooksElsewhereIsToldThatATaskAsksAndThatItEnded() {
        List<String> told = new ArrayList<>();
        page.context().exposeFunction("tell", said -> told.add(String.valueOf(said[0])));
        page.context().addInitScript("""
                window.Notification = class {
                  static permission = "granted";
                  static requestPermission = async () => "granted";
                  constructor(title, { body }) { window.tell(title + ": " + body); }
                };""");
        page.navigate("/settings/appearance");
        page.getByRole(AriaRole.SWITCH).first().click();
        page.navigate("/");
        assertThat(page.getByText("No tasks yet").first()).isVisible();
        page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })");
        TaskPages.task(user, "Ask me\ndemo: ask Write a note", "ask");
        page.waitForCondition(() -> told.contains("Needs an answer: Ask me"));
        assertThat(page).hasTitle("(1) Tasks · Sesame");
        TaskPages.button(page, "Answer").click();
        TaskPages.button(page, "Allow").first().click();
        page.waitForCondition(() -> told.contains("Completed: Ask me"));
        assertThat(page).hasTitle("Tasks · Sesame");
        page.getByText("Ask me").click();
        TaskPages.awaitStanding(page, "Completed");
        assertThat(page.locator("#icon")).hasAttribute("href", Pattern.compile("data:image/svg.*2a9d5c.*"));
    }

    @Test
    void nothingMovesForWhoAsksForLessMotion() {
        String id = TaskPages.task(user, "Wait\ndemo: sleep 600000", "auto");
        page.navigate("/tasks/" + id);
        TaskPages.awaitStanding(page, "Running");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        page.waitForCondition(() -> moving() > 0);
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        page.waitForCondition(() -> moving() == 0);
        // Nor does anything change step by step: a list that grew so would be scrolled a window in each frame.
        assertThat(page.evaluate("""
                () => {
                  const one = document.body.appendChild(document.createElement("div"));
                  const heights = ["10px", "500px"].map((height) => (one.style.height = height, one.offsetHeight));
                  one.remove();
                  return heights;
                }""")).isEqualTo(List.of(10, 500));
        user.post("/api/tasks/" + id + "/cancel", Map.of());
    }

    private int moving() {
        return (int) page.evaluate("document.getAnimations().filter(each => each.playState === 'running').length");
    }

    @Test
    void aDenialTellsTheAgentWhy() {
        page.navigate("/tasks/" + TaskPages.task(user, "Ask me\ndemo: ask Write a note", "ask"));
        TaskPages.button(page, "Deny, and say why").click();
        page.getByLabel("Why not").fill("Not today");
        TaskPages.button(page, "Deny").first().click();
        assertThat(page.getByText("Denied by you")).isVisible();
        assertThat(page.getByText("Not today").first()).isVisible();
        TaskPages.awaitStanding(page, "Completed");
    }

    @Test
    void aFollowUpWaitsWhileTheAgentWorksAndAnotherStartsItAgain() {
        page.navigate("/tasks/" + TaskPages.task(user, "First\ndemo: ask Go on", "ask"));
        assertThat(page.getByText("The agent asks")).isVisible();
        page.keyboard().press("r");
        page.keyboard().type("Second\ndemo: text 3 1");
        page.keyboard().press("Control+Enter");
        assertThat(page.getByText("Waiting to be read")).isVisible();
        TaskPages.button(page, "Allow").first().click();
        TaskPages.awaitStanding(page, "Completed");
        assertThat(page.getByText("Waiting to be read")).isHidden();
        assertThat(TaskPages.counted(page)).hasSize(3);

        page.getByLabel("Follow-up").fill("Third\ndemo: text 4 1");
        TaskPages.button(page, "Send").click();
        assertThat(page.locator(".prose").last()).hasText("1 2 3 4");
        TaskPages.awaitStanding(page, "Completed");
        assertThat(page.getByText("Attempt 2")).isVisible();
    }

    @Test
    void aTaskIsCancelledAndRetried() {
        page.navigate("/tasks/" + TaskPages.task(user, "Wait\ndemo: sleep 60000", "auto"));
        TaskPages.awaitStanding(page, "Running");
        TaskPages.button(page, "Cancel").click();
        TaskPages.button(page, "Cancel task").click();
        TaskPages.awaitStanding(page, "Cancelled");
        TaskPages.button(page, "Retry").click();
        assertThat(page.getByText("Attempt 2")).isVisible();
        TaskPages.awaitStanding(page, "Running");
        TaskPages.button(page, "Cancel").click();
        TaskPages.button(page, "Cancel task").click();
        TaskPages.awaitStanding(page, "Cancelled");
    }

    @Test
    void moreTabsThanABrowserHasConnectionsAllSeeTheEnd() {
        String id = TaskPages.task(user, "Ask me\ndemo: ask Go on\ndemo: text 5 1", "ask");
        List<Page> tabs = tenTabs();
        tabs.forEach(tab -> tab.navigate("/tasks/" + id));
        tabs.forEach(tab -> assertThat(tab.getByText("The agent asks")).isVisible());
        TaskPages.button(tabs.getLast(), "Allow").first().click();
        tabs.forEach(tab -> TaskPages.awaitStanding(tab, "Completed"));
        assertThat(TaskPages.counted(tabs.getFirst())).hasSize(5);
    }

    @Test
    void withoutASharedWorkerOneTabReadsForAllAndAnotherTakesOverWhenItIsClosed() {
        page.context().addInitScript("delete window.SharedWorker");
        String id = TaskPages.task(user, "Ask me\ndemo: ask Go on\ndemo: text 5 1", "ask");
        List<Page> reading = Collections.synchronizedList(new ArrayList<>());
        page.context().onRequest(request -> {
            if (request.url().contains("/stream?")) {
                reading.add(request.frame().page());
            }
        });
        List<Page> tabs = tenTabs();
        tabs.forEach(tab -> tab.navigate("/tasks/" + id));
        tabs.forEach(tab -> assertThat(tab.getByText("The agent asks")).isVisible());
        assertThat(reading).hasSize(1);
        Page first = reading.getFirst();
        List<Page> rest = tabs.stream().filter(tab -> tab != first).toList();
        first.close();
        TaskPages.button(rest.getLast(), "Allow").first().click();
        rest.forEach(tab -> TaskPages.awaitStanding(tab, "Completed"));
        assertThat(TaskPages.counted(rest.getFirst())).hasSize(5);
        assertThat(Set.copyOf(reading)).hasSize(2);
        page = rest.getFirst();
    }

    private List<Page> tenTabs() {
        return Stream.concat(Stream.of(page), IntStream.range(0, 9).mapToObj(_ -> chromium.open(page.context())))
                .toList();
    }

    @Test
    void whatAnAgentWritesIsShownAndNeverRun() {
        String evil = "\u202Ednib <img src=x onerror=document.title='pwned'><script>document.title='pwned'</script>"
                + "[x](javascript:document.title='pwned')";
        String id = TaskPages.task(
                user,
                evil
                        + "\ndemo: run printf '\\033]0;pwned\\007\\033[31m<svg onload=alert(1)>\\033[0m'\ndemo: think 3 1\n"
                        + "demo: noise",
                "auto");
        page.onDialog(dialog -> {
            throw new AssertionError(dialog.message());
        });
        page.navigate("/tasks/" + id);
        TaskPages.awaitStanding(page, "Completed");
        TaskPages.button(page, "Bash").first().click();
        assertThat(page.getByText("<svg onload=alert(1)>", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.getByRole(AriaRole.HEADING).first()).containsText("‹U+202E›dnib");
        assertThat(page.locator("main img, main script, main a[href^=javascript]"))
                .hasCount(0);
        assertThat(page.title()).doesNotStartWith("pwned").contains("Sesame");
    }

    @Test
    void everythingIsReachedByKeyboard() {
        TaskPages.task(user, "Find me by words\ndemo: text 1 1", "auto");
        page.navigate("/");
        assertThat(page.getByText("Find me by words")).isVisible();
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        TaskPages.awaitStanding(page, "Completed");
        page.keyboard().press("Control+k");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        page.keyboard().type("new task");
        page.keyboard().press("Enter");
        page.waitForURL("**/new");
        // The page takes the focus when it is there, which is a moment after its address.
        assertThat(page.getByLabel("Prompt")).isFocused();
        page.keyboard().press("Escape");
        page.getByRole(AriaRole.HEADING).first().click();
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Keyboard shortcuts")))
                .isVisible();
    }
}
