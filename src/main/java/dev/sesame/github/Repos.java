package dev.sesame.github;

import dev.sesame.git.GitException;
import dev.sesame.git.GitException.Reason;
import dev.sesame.git.GitStore;
import dev.sesame.git.Repositories;
import dev.sesame.git.RepositoryRef;
import dev.sesame.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The repositories that a user's tasks can use: the local ones, and those at GitHub that the user's token opens. Safe
/// from any thread; blocks.
public final class Repos {
    /// Ids of local repositories lie above all of GitHub's, and below what JavaScript can't count.
    private static final long LOCAL_IDS = 1L << 52;

    private final Pats pats;
    private final GitHub github;
    private final Repositories repositories;
    private final GitStore git;

    public Repos(Pats pats, GitHub github, Repositories repositories, GitStore git) {
        this.pats = pats;
        this.github = github;
        this.repositories = repositories;
        this.git = git;
    }

    /// Local ones first, then GitHub's by name. Without a token there are the local ones; 422 if the server has no
    /// directory for any.
    ///
    /// @param search a part of the full name; empty for all
    List<Repository> list(String userId, String search) {
        List<Repository> all = new ArrayList<>(
                repositories.localNames().stream().map(this::local).toList());
        Optional<String> token = pats.token(userId);
        if (token.isPresent() || !repositories.hasLocal()) {
            Set<String> hidden = all.stream().map(Repository::fullName).collect(Collectors.toSet());
            atGitHub(pats.requireToken(userId)).stream()
                    .filter(repository -> !hidden.contains(repository.fullName()))
                    .forEach(all::add);
        }
        String wanted = search.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(repository ->
                        repository.fullName().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    private List<Repository> atGitHub(String token) {
        try {
            return github.all(token, "/user/repos?sort=full_name", Repository::of);
        } catch (GitHubException e) {
            throw e.problem();
        }
    }

    private Repository local(String name) {
        String branch = git.defaultBranch(repositories.resolve(name));
        return new Repository(id(name), name.substring(name.lastIndexOf('/') + 1), name, true, branch);
    }

    /// The same for the same name, on every server.
    private static long id(String name) {
        long hash =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits();
        return LOCAL_IDS + (hash & (LOCAL_IDS - 1));
    }

    /// @param name as tasks name it
    List<Branch> branches(String userId, String name) {
        RepositoryRef repository = resolve(name);
        if (repository.local()) {
            return git.branches(repository).entrySet().stream()
                    .map(branch -> new Branch(branch.getKey(), new Branch.Commit(branch.getValue()), false))
                    .toList();
        }
        try {
            return github.all(pats.requireToken(userId), "/repos/" + name + "/branches", Branch::of);
        } catch (GitHubException e) {
            throw e.problem();
        }
    }

    private RepositoryRef resolve(String name) {
        try {
            return repositories.resolve(name);
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_REQUEST.because("repository: " + e.getMessage());
        } catch (GitException e) {
            Problem kind = e.reason() == Reason.REPOSITORY_NOT_FOUND ? Problem.NOT_FOUND : Problem.UNPROCESSABLE_ENTITY;
            throw kind.because(String.valueOf(e.getMessage()));
        }
    }
}
