package dev.sesame.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.github.GitHubException.Kind;
import dev.sesame.http.Json;
import dev.sesame.setting.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// GitHub's REST API, at the host that the settings name. Blocks; safe from any thread. All that can go wrong is a
/// [GitHubException].
public final class GitHub {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;[^,]*rel=\"next\"");
    private static final int MOST_PAGES = 1_000;

    private final Settings settings;
    private final Transport transport;
    private final RateLimits limits;
    private final PageCache cache = new PageCache();

    public GitHub(Settings settings, Clock clock) {
        this(settings, clock, Duration.ofSeconds(30));
    }

    GitHub(Settings settings, Clock clock, Duration patience) {
        this.settings = settings;
        this.transport = new Transport(patience);
        this.limits = new RateLimits(clock);
    }

    /// @param scopes of the token; empty for a fine-grained one, which has none
    record Answer(JsonNode body, List<String> scopes) {}

    GitHubHost host() {
        return GitHubHost.of(settings);
    }

    /// @param path with a slash at the beginning
    Answer get(String token, String path) {
        return answer(token, send(token, request(token, host().api() + path).build()));
    }

    Answer post(String token, String path, Map<String, ?> body) {
        HttpRequest request = request(token, host().api() + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.MAPPER.valueToTree(body).toString()))
                .build();
        return answer(token, send(token, request));
    }

    /// All elements of a list, from all its pages.
    ///
    /// @param reader of one element; the same for the same path, since what it read is kept for the next time
    <T> List<T> all(String token, String path, Function<JsonNode, T> reader) {
        String api = host().api();
        List<T> all = new ArrayList<>();
        Optional<String> url = Optional.of(api + path + (path.contains("?") ? "&" : "?") + "per_page=100");
        for (int i = 0; url.isPresent() && i < MOST_PAGES; i++) {
            PageCache.Page<List<T>> page = page(token, url.get(), reader);
            all.addAll(page.content());
            url = page.next();
            url.ifPresent(next -> requireOurs(api, next));
        }
        return all;
    }

    private static void requireOurs(String api, String next) {
        if (!next.startsWith("http") || !Transport.sameHost(URI.create(api), URI.create(next))) {
            throw new GitHubException(Kind.UNAVAILABLE, "GitHub names a next page at another place");
        }
    }

    @SuppressWarnings("unchecked") // one path has one reader
    private <T> PageCache.Page<List<T>> page(String token, String url, Function<JsonNode, T> reader) {
        var key = new PageCache.Key(hash(token), url);
        Optional<PageCache.Page<?>> before = cache.find(key);
        HttpRequest.Builder request = request(token, url);
        before.ifPresent(page -> request.header("If-None-Match", page.etag()));
        HttpResponse<byte[]> response = send(token, request.build());
        if (response.statusCode() == 304 && before.isPresent()) {
            return (PageCache.Page<List<T>>) before.get();
        }
        List<T> elements = new ArrayList<>();
        answer(token, response).body().forEach(element -> elements.add(reader.apply(element)));
        String etag = response.headers().firstValue("etag").orElse("");
        Matcher next = NEXT.matcher(String.join(",", response.headers().allValues("link")));
        var page = new PageCache.Page<List<T>>(
                etag, List.copyOf(elements), next.find() ? Optional.of(next.group(1)) : Optional.empty());
        if (!etag.isEmpty()) {
            cache.put(key, page);
        }
        return page;
    }

    private static HttpRequest.Builder request(String token, String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "Sesame")
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(String token, HttpRequest request) {
        String hash = hash(token);
        limits.pause(hash).ifPresent(wait -> {
            throw limited(wait);
        });
        HttpResponse<byte[]> response = transport.send(request);
        if (limits.isExceeded(hash, response)) {
            throw limited(limits.pause(hash).orElse(Duration.ofSeconds(1)));
        }
        return response;
    }

    private static GitHubException limited(Duration wait) {
        return new GitHubException(
                Kind.RATE_LIMITED,
                "GitHub's rate limit for this token is reached; try again in " + Math.max(1, wait.toSeconds()) + " s",
                wait);
    }

    private static Answer answer(String token, HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw Refusals.of(token, response);
        }
        List<String> scopes = response.headers().allValues("x-oauth-scopes").stream()
                .flatMap(line -> Pattern.compile(",").splitAsStream(line))
                .map(String::strip)
                .filter(scope -> !scope.isEmpty())
                .toList();
        try {
            return new Answer(Json.MAPPER.readTree(response.body()), scopes);
        } catch (IOException e) {
            throw new GitHubException(Kind.UNAVAILABLE, "GitHub's answer is no JSON; is github.apiUrl right?");
        }
    }

    private static String hash(String token) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
