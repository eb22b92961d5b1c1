package dev.sesame.ai;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Any endpoint that speaks OpenAI's chat completions, as `ai.baseUrl`, `ai.apiKey` and `ai.model` have it now. Safe
/// from any thread.
final class ChatModel {
    private static final Logger LOG = System.getLogger(ChatModel.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST = 1L << 20;
    /// A shorter one, as endpoints without keys are given, would be found in innocent text.
    private static final int SHORTEST_KEY = 8;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Settings settings;
    private final Duration limit;

    ChatModel(Settings settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
    }

    boolean isConfigured() {
        return !settings.get(SettingKeys.AI_BASE_URL).isEmpty()
                && !settings.get(SettingKeys.AI_MODEL).isEmpty();
    }

    /// What the model says; empty if it said nothing within the limit, for whatever reason, and if it said our
    /// key back: its words end in titles, branches and commits.
    Optional<String> ask(String instruction, String text) {
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            answer = client.sendAsync(
                    request(instruction, text), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "ai.baseUrl or ai.apiKey can't be used in a request");
            return Optional.empty();
        }
        try {
            return said(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS)).filter(said -> !saysKey(said));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            answer.cancel(true);
            LOG.log(Level.INFO, "The model of ai.* did not answer within {0} s", limit.toSeconds());
        } catch (ExecutionException e) {
            LOG.log(Level.INFO, "The model of ai.* can''t be reached: {0}", String.valueOf(e.getCause()));
        }
        return Optional.empty();
    }

    private HttpRequest request(String instruction, String text) {
        Map<String, Object> body = Map.of(
                "model",
                settings.get(SettingKeys.AI_MODEL),
                "messages",
                List.of(Map.of("role", "system", "content", instruction), Map.of("role", "user", "content", text)));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(settings.get(SettingKeys.AI_BASE_URL) + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString()));
        String key = settings.get(SettingKeys.AI_API_KEY);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }

    private boolean saysKey(String said) {
        String key = settings.get(SettingKeys.AI_API_KEY).toLowerCase(Locale.ROOT);
        return key.length() >= SHORTEST_KEY && said.toLowerCase(Locale.ROOT).contains(key);
    }

    private static Optional<String> said(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            LOG.log(Level.INFO, "The model of ai.* answered with status {0}", response.statusCode());
            return Optional.empty();
        }
        try {
            JsonNode content = JSON.readTree(response.body())
                    .path("choices")
                    .path(0)
                    .path("message")
                    .path("content");
            return Optional.of(content.asText("").strip()).filter(said -> !said.isEmpty());
        } catch (JacksonException e) {
            LOG.log(Level.INFO, "The model of ai.* did not answer in JSON");
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // there is no I/O, it is all in memory
        }
    }
}
