package dev.sesame.agent;

import dev.sesame.agent.AgentDriver.Credentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The credentials with which an agent reaches its model: any one of them will do. Says in the same words what is
/// missing and what to renew.
///
/// @param title the agent's name for people
/// @param sources in the order in which they are preferred
public record CredentialNeed(String title, List<Source> sources) {
    private static final int SHOWN = 3;

    /// @param name by which [Credentials] know it
    /// @param what it is, with its article
    /// @param where in the settings it is set
    /// @param everybodys whether the server's environment may have one for all users
    public record Source(String name, String what, String where, boolean everybodys) {
        public static Source key(String name, String what) {
            return new Source(name, what, "Settings › Provider keys", true);
        }

        public static Source own(String name, String what) {
            return new Source(name, what, "Settings › Agents", true);
        }

        /// The content of the file in which the agent keeps its login. The agent may renew it, so it is one
        /// user's.
        public static Source file(String name, String what) {
            return new Source(name, what, "Settings › Agents", false);
        }
    }

    /// What to say if there is none; empty if one is there.
    public Optional<String> missing(Credentials credentials) {
        return chosen(credentials).isPresent() ? Optional.empty() : Optional.of(title + " needs " + words());
    }

    /// The first that is there.
    public Optional<Source> chosen(Credentials credentials) {
        return sources.stream()
                .filter(source -> credentials.find(source.name()).isPresent())
                .findFirst();
    }

    /// What to do about one that is rejected.
    public String renewal() {
        return "The credential of " + title + " is not accepted: renew " + words();
    }

    private String words() {
        Map<String, List<String>> names = new LinkedHashMap<>(); // many may be of one kind
        for (Source source : sources) {
            List<String> variables =
                    names.computeIfAbsent(source.what() + " (" + source.where(), kind -> new ArrayList<>());
            if (source.everybodys()) {
                variables.add(source.name());
            }
        }
        return names.entrySet().stream()
                .map(kind -> kind.getKey() + shown(kind.getValue()) + ")")
                .collect(Collectors.joining(", or "));
    }

    private static String shown(List<String> variables) {
        if (variables.isEmpty()) {
            return "";
        }
        return ", or the server's environment variable "
                + (variables.size() <= SHOWN
                        ? String.join(" or ", variables)
                        : String.join(", ", variables.subList(0, SHOWN)) + " or another of its kind");
    }
}
