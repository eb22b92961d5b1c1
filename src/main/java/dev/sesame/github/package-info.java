/// The GitHub host, or a GitHub Enterprise: users' tokens, their repositories and branches, pull requests.
///
/// [Pats] keeps the tokens, [Repos] lists what they open and the local repositories beside it, [PullRequests] opens
/// one. All talk through [GitHub], which pages, caches, keeps to rate limits and says what GitHub refused
/// ([GitHubException]). May use `credential`, `git`, `auth`, `http`, `setting`.
@NullMarked
package dev.sesame.github;

import org.jspecify.annotations.NullMarked;
