package dev.sesame.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.git.RepositoryRef;
import dev.sesame.github.GitHubException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Pull requests of pushed branches. Safe from any thread; blocks.
public final class PullRequests {
    private final GitHub github;

    public PullRequests(GitHub github) {
        this.github = github;
    }

    /// @param head the branch with the work, in the same repository
    /// @param base the branch that it shall go to
    public record Wanted(String head, String base, String title, String body, boolean draft) {}

    /// Opens a pull request, or finds the one that is open for this branch: so it may be repeated.
    ///
    /// @return its address
    /// @throws GitHubException if GitHub refuses it or is not there
    public String open(RepositoryRef repository, String token, Wanted wanted) {
        String pulls = "/repos/" + repository.name() + "/pulls";
        Optional<String> before = find(token, repository, wanted.head());
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return address(github.post(token, pulls, body(wanted)).body());
        } catch (GitHubException e) {
            // Somebody else may have been faster.
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            return find(token, repository, wanted.head()).orElseThrow(() -> e);
        }
    }

    private static Map<String, Object> body(Wanted it) {
        return Map.of("title", it.title, "head", it.head, "base", it.base, "body", it.body, "draft", it.draft);
    }

    private Optional<String> find(String token, RepositoryRef repository, String branch) {
        String owner = repository.name().substring(0, repository.name().indexOf('/'));
        String head = URLEncoder.encode(owner + ":" + branch, StandardCharsets.UTF_8);
        JsonNode open = github.get(token, "/repos/" + repository.name() + "/pulls?state=open&head=" + head)
                .body();
        // Not every host that calls itself compatible filters.
        for (JsonNode one : open) {
            if (one.path("head").path("ref").asText().equals(branch)) {
                return Optional.of(address(one));
            }
        }
        return Optional.empty();
    }

    private static String address(JsonNode pullRequest) {
        String address = pullRequest.path("html_url").asText();
        if (!address.startsWith("http")) {
            throw new GitHubException(Kind.UNAVAILABLE, "GitHub did not say where the pull request is");
        }
        return address;
    }
}
