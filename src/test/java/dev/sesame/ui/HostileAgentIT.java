package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An agent that has turned against its reader: whatever it writes is shown as text, nothing of it is run, fetched or
/// followed.
@Tag("browser")
class HostileAgentIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MARKDOWN = """
            <img src=x onerror="document.title='pwned'"> <script>document.title='pwned'</script>

            <svg onload="alert(1)"><a xlink:href="javascript:alert(1)">svg</a></svg><iframe src="/admin"></iframe>

            [script](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) ![pixel](https://evil.example/p.png)
            [ref] <javascript:alert(1)> [fine](https://fine.example/) safe\u202Egnp.exe &#x202e;more

            [ref]: vbscript:alert(1)

            ```html"><img src=x onerror=alert(1)>
            <style>*{display:none}</style>
            ```

            | <b onclick=alert(1)>cell</b> | [x](//evil.example) |
            |---|---|
            | <form action=https://evil.example><input name=q></form> | &lt;script&gt; |""";
    private static final String TERMINAL = "\u001B]0;pwned\u0007\u001B]8;;javascript:alert(1)\u0007link\u001B]8;;\u0007"
            + "\u001B[31m<svg onload=alert(1)>\u001B[0m\u001B[2J\u001B[999;999H\u009B5n\r\nplain\u202Etxet";

    private final List<String> foreign = new ArrayList<>();

    @Test
    void nothingThatItWritesIsRunFetchedOrFollowed() throws IOException {
        try (SesameServer server = SesameServer.start();
                Chromium chromium = new Chromium()) {
            server.repository("app");
            HttpUser user = server.admin();
            String id = TaskPages.task(user, "Wait\ndemo: sleep 600000", "ask");
            Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
            page.onDialog(dialog -> foreign.add(dialog.message()));
            page.context().onRequest(request -> {
                if (!request.url().startsWith(server.base() + "/")) {
                    foreign.add(request.url());
                }
            });
            page.navigate("/tasks/" + id);
            TaskPages.awaitStanding(page, "Running");
            speak(server.dataDirectory().resolve("tasks").resolve(id).resolve("1/agent-0/out"));
            Locator log = page.getByRole(AriaRole.LOG);
            assertThat(log).containsText("the last line");
            TaskPages.button(page, "<b>Tool</b>").click();
            assertThat(log).containsText("<svg onload=alert(1)>");
            assertThat(log).containsText("<img src=x onerror=\"document.title='pwned'\">");
            assertThat(log).containsText("safe‹U+202E›gnp.exe ‹U+202E›more");
            assertThat(log.getByRole(AriaRole.LINK)).hasText(new String[] {"pixel", "fine"});
            assertThat(log.locator(
                            "img, script, iframe, style, form, svg[onload], [onclick], [onerror], a:not([href^=http])"))
                    .hasCount(0);
            assertThat(page.locator("a[href^='javascript' i], a[href^='data' i], a[href^='vbscript' i]"))
                    .hasCount(0);
            assertThat(page.title()).isEqualTo("Wait · Sesame");
            assertThat(page.url()).endsWith("/tasks/" + id);
            TaskPages.tab(page, "Log").click();
            assertThat(page.getByText("no JSON").first()).isVisible();
            assertThat(foreign).isEmpty();
            chromium.assertNoComplaints();
        }
    }

    /// In the place of the demo agent, which says nothing itself: the server can't tell the difference.
    private static void speak(Path output) throws IOException {
        Map<String, Object> input =
                Map.of("url", "javascript:alert(1)", "command", "echo '<b>' \u202E", "path", "../x");
        String lines = line(Map.of("type", "text", "id", "m1", "delta", MARKDOWN, "end", true))
                + line(Map.of("type", "thinking", "id", "h1", "delta", "<img src=x onerror=alert(1)>\u202E"))
                + line(Map.of(
                        "type",
                        "tool",
                        "id",
                        "t1",
                        "name",
                        "<b>Tool</b>",
                        "description",
                        "<i>",
                        "input",
                        input,
                        "state",
                        "running"))
                + line(Map.of("type", "result", "id", "t1", "output", TERMINAL, "error", true))
                + "<script>alert('no JSON')</script>\n"
                + line(Map.of("type", "log", "message", "Follow-up: <img src=x onerror=alert(1)>\u202E"))
                + line(Map.of("type", "text", "id", "m2", "delta", "the last line", "end", true));
        Files.writeString(output, lines, StandardOpenOption.APPEND);
    }

    private static String line(Map<String, Object> said) {
        try {
            return JSON.writeValueAsString(said) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
