package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a remote has: its branches and tags by full name, and its default branch.
///
/// @param objects object id by full ref name; the tags' own objects, not what they point at
/// @param head the full name of the default branch, if the remote has it
record RemoteRefs(Map<String, String> objects, Optional<String> head) {
    static final String BRANCHES = "refs/heads/";

    /// Reads the output of `git ls-remote --symref <url> HEAD refs/heads/* refs/tags/*`.
    static RemoteRefs parse(String output) {
        var objects = new TreeMap<String, String>();
        Optional<String> symbolic = Optional.empty();
        String detached = "";
        for (String line : output.lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab < 0) {
                continue;
            }
            String value = line.substring(0, tab);
            String ref = line.substring(tab + 1);
            if (ref.equals("HEAD") && value.startsWith("ref: ")) {
                symbolic = Optional.of(value.substring("ref: ".length()));
            } else if (ref.equals("HEAD")) {
                detached = value;
            } else if (!ref.endsWith("^{}")) {
                objects.put(ref, value);
            }
        }
        String at = detached;
        Optional<String> head = symbolic.or(() -> branchAt(objects, at));
        return new RemoteRefs(objects, head.filter(objects::containsKey));
    }

    boolean isEmpty() {
        return objects.keySet().stream().noneMatch(ref -> ref.startsWith(BRANCHES));
    }

    /// The branch to start from, without `refs/heads/`.
    ///
    /// @throws GitException `EMPTY_REPOSITORY` or `BRANCH_NOT_FOUND`
    String choose(String repository, Optional<String> branch) {
        if (isEmpty()) {
            throw new GitException(
                    Reason.EMPTY_REPOSITORY, "Repository " + repository + " is empty; it needs a first commit");
        }
        String ref = branch.map(BRANCHES::concat).or(() -> head).orElse("");
        if (ref.isEmpty()) {
            throw new GitException(
                    Reason.BRANCH_NOT_FOUND,
                    "Repository " + repository + " has no default branch; name the branch to start from");
        }
        if (!objects.containsKey(ref)) {
            throw notFound(repository, ref);
        }
        return ref.substring(BRANCHES.length());
    }

    static GitException notFound(String repository, String ref) {
        String name = ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : ref;
        return new GitException(Reason.BRANCH_NOT_FOUND, "Repository " + repository + " has no branch " + name);
    }

    private static Optional<String> branchAt(Map<String, String> objects, String commit) {
        return objects.entrySet().stream()
                .filter(e -> e.getKey().startsWith(BRANCHES) && e.getValue().equals(commit))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
