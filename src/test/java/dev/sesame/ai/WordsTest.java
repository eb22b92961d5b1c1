package dev.sesame.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.sesame.setting.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<String> titles = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String says = "";
    private volatile boolean hangs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> {
            try (exchange) {
                asked.add(JSON.readTree(exchange.getRequestBody()));
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                if (hangs) {
                    release.await();
                }
                Map<String, ?> answer = Map.of("choices", List.of(Map.of("message", Map.of("content", says))));
                byte[] body = JSON.writeValueAsBytes(answer);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
    }

    private Words words(Duration limit, String... without) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AI_BASE_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "AI_API_KEY", "key-of-the-model",
                "AI_MODEL", "small-model"));
        List.of(without).forEach(environment::remove);
        return new Words(new Settings(environment), limit);
    }

    private String title(Words words, String prompt) throws InterruptedException {
        words.title(prompt, UnaryOperator.identity(), titles::add);
        return String.valueOf(titles.poll(5, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Add JWT authentication | Add JWT authentication",
                "'\"Add JWT authentication.\"\n\nMore words' | Add JWT authentication",
                "'**Fix it**' | Fix it"
            })
    void a_title_is_one_plain_line(String said, String title) throws InterruptedException {
        says = said;

        assertThat(title(words(Duration.ofSeconds(5)), "Please add JWT")).isEqualTo(title);

        assertThat(keys).containsExactly("Bearer key-of-the-model");
        assertThat(asked.getFirst().path("model").asText()).isEqualTo("small-model");
        assertThat(asked.getFirst().path("messages").path(1).path("content").asText())
                .isEqualTo("Please add JWT");
    }

    @Test
    void a_long_title_is_cut() throws InterruptedException {
        says = "word ".repeat(100);
        assertThat(title(words(Duration.ofSeconds(5)), "x")).hasSizeBetween(70, 80);
    }

    @Test
    void secrets_are_removed_from_a_prompt_and_from_words_before_either_is_cut() throws InterruptedException {
        says = "word ".repeat(15) + "secret-of-a-user";
        UnaryOperator<String> redaction = text -> text.replace("secret-of-a-user", "***");

        words(Duration.ofSeconds(5)).title("x".repeat(7_990) + "secret-of-a-user", redaction, titles::add);

        assertThat(titles.poll(5, TimeUnit.SECONDS))
                .isEqualTo("word ".repeat(15).strip());
        assertThat(asked.getFirst().path("messages").path(1).path("content").asText())
                .isEqualTo("x".repeat(7_990) + "***");
    }

    @Test
    void a_commit_message_is_there_once_it_was_found_and_nobody_waits_for_it() {
        says = "```\nAdd tokens\n\nSo that sessions end.\n```";
        Words words = words(Duration.ofSeconds(5));
        assertThat(words.commitMessage("task_1/1")).isEmpty();

        words.prepareCommitMessage("task_1/1", "Add tokens", UnaryOperator.identity());

        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (words.commitMessage("task_1/1").isEmpty() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(words.commitMessage("task_1/1")).contains("Add tokens\n\nSo that sessions end.");
        assertThat(words.commitMessage("task_1/2")).isEmpty();
    }

    @Test
    void without_an_endpoint_or_a_model_nothing_is_asked() {
        words(Duration.ofSeconds(5), "AI_MODEL").title("x", UnaryOperator.identity(), titles::add);
        words(Duration.ofSeconds(5), "AI_BASE_URL").prepareCommitMessage("a", "x", UnaryOperator.identity());

        assertThat(asked).isEmpty();
    }

    @Test
    void a_refusal_and_an_empty_answer_say_nothing() throws InterruptedException {
        Words words = words(Duration.ofSeconds(5));
        words.title("empty", UnaryOperator.identity(), titles::add);
        assertThat(titles.poll(300, TimeUnit.MILLISECONDS)).isNull();
        status = 500;
        says = "A title";
        words.title("refused", UnaryOperator.identity(), titles::add);
        assertThat(titles.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_model_that_hangs_holds_up_nobody() throws InterruptedException {
        hangs = true;
        Words words = words(Duration.ofMillis(200));
        long before = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            words.title("x", UnaryOperator.identity(), titles::add);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(titles.poll(600, TimeUnit.MILLISECONDS)).isNull();
        assertThat(asked).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @CsvSource({
        "Add JWT authentication, add-jwt-authentication",
        "'  Fix: the „Größe“!', fix-the-gr-e",
        "日本, ''",
        "A very long title that goes on and on and on, a-very-long-title-that-goes-on-and-on",
        "../../etc/passwd, etc-passwd"
    })
    void a_slug_fits_into_a_branch(String title, String slug) {
        assertThat(Words.slug(title)).isEqualTo(slug);
    }
}
