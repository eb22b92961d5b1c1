package dev.sesame.github;

import dev.sesame.github.GitHubException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends one request with a token and waits for all of its answer, but not for ever. The token goes to the host of
/// the request alone: a redirect is followed only on the same host, and only for reading.
final class Transport {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int REDIRECTS = 3;
    private static final long LARGEST = 32L << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Duration patience;

    /// @param patience for the whole of an answer
    Transport(Duration patience) {
        this.patience = patience;
    }

    /// @throws GitHubException `UNAVAILABLE` if there is no answer
    /// @throws CancellationException when interrupted; the interrupt status is set
    HttpResponse<byte[]> send(HttpRequest request) {
        HttpResponse<byte[]> response = once(request);
        for (int i = 0; i < REDIRECTS && isRedirect(response); i++) {
            URI target = request.uri()
                    .resolve(response.headers().firstValue("location").orElse(""));
            if (!request.method().equals("GET") || !sameHost(request.uri(), target)) {
                throw new GitHubException(Kind.UNAVAILABLE, "GitHub sends us to another place: " + target.getHost());
            }
            response = once(HttpRequest.newBuilder(request, (name, value) -> true)
                    .uri(target)
                    .build());
        }
        return response;
    }

    static boolean sameHost(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 307, 308 -> true;
            default -> false;
        };
    }

    private HttpResponse<byte[]> once(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while GitHub was asked");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new GitHubException(
                    Kind.UNAVAILABLE, "GitHub did not answer within " + patience.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof IOException io && io.getMessage() != null ? io.getMessage() : "";
            throw new GitHubException(
                    Kind.UNAVAILABLE,
                    "GitHub can't be reached at " + request.uri().getAuthority()
                            + (reason.isEmpty() ? "" : ": " + reason));
        }
    }
}
