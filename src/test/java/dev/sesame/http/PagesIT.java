package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// How the web UI is served.
class PagesIT {
    private static final Pattern SCRIPT = Pattern.compile("src=\"\\./(assets/[^\"]+\\.js)\"");

    private final HttpUser browser = SesameServer.shared().anonymous().with("Accept", "text/html,*/*;q=0.8");

    @Test
    void everyAddressOutsideTheApiIsThePageForABrowser() {
        for (String path : new String[] {"/", "/tasks/task_abc", "/settings/keys?x=1"}) {
            Answer answer = browser.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("content-type")).startsWith("text/html");
            assertThat(answer.header("cache-control")).isEqualTo("no-cache");
            assertThat(answer.body()).contains("<base href=\"/\"");
        }
    }

    @Test
    void noScriptOrStyleMayStandInThePageItself() {
        assertThat(browser.get("/").header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void aProgramGetsNoPageInPlaceOfAnError() {
        HttpUser program = SesameServer.shared().anonymous().with("Accept", "*/*");
        assertThat(program.get("/nothing/here").status()).isEqualTo(404);
        assertThat(browser.get("/api/nothing").status()).isEqualTo(404);
        assertThat(browser.get("/metrics/nothing").status()).isEqualTo(404);
        assertThat(browser.get("/assets/nothing.js").status()).isEqualTo(404);
        assertThat(browser.post("/tasks/task_abc", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void builtFilesAreKeptForeverAndSentCompressed() {
        Answer plain = browser.get("/" + script());
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
        Answer gzip = browser.with("Accept-Encoding", "gzip").send("HEAD", "/" + script(), null);
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        assertThat(gzip.header("vary")).isEqualTo("Accept-Encoding");
        Answer brotli = browser.with("Accept-Encoding", "gzip, deflate, br").send("HEAD", "/" + script(), null);
        assertThat(brotli.header("content-encoding")).isEqualTo("br");
    }

    @Test
    void anUnchangedPageIsNotSentAgain() {
        String tag = browser.get("/").header("etag");
        assertThat(browser.with("If-None-Match", tag).get("/").status()).isEqualTo(304);
    }

    @Test
    void underASubPathThePageKnowsWhereItIs() {
        try (SesameServer server = SesameServer.start(Map.of("BASE_URL", "http://127.0.0.1/deep/er"))) {
            HttpUser there = server.anonymous().with("Accept", "text/html");
            assertThat(there.get("/deep/er/tasks/x").body()).contains("<base href=\"/deep/er/\"");
            assertThat(there.get("/deep/er/" + script()).status()).isEqualTo(200);
        }
    }

    private String script() {
        Matcher script = SCRIPT.matcher(browser.get("/").body());
        assertThat(script.find()).isTrue();
        return script.group(1);
    }
}
