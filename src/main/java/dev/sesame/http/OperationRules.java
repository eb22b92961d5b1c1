package dev.sesame.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Adds to each operation of the document what the edge and the authentication do for all of them: how the caller is
/// known, and with which problems the request can be refused.
///
/// An operation says who may call it with `x-access`: `anyone`, `anyone-or-key` (told apart if known), `browser` (a
/// session, no key), or a permission like `tasks:read`. `x-attempts` says that attempts are counted by address.
final class OperationRules {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final String ANYONE = "anyone";
    private static final String ANYONE_OR_KEY = "anyone-or-key";
    private static final String BROWSER = "browser";
    private static final String RESPONSES = "#/components/responses/";

    private final ObjectNode document;

    OperationRules(ObjectNode document) {
        this.document = document;
    }

    void apply() {
        Arrays.stream(Problem.values()).forEach(this::describe);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> complete(path.getKey(), member.getKey(), (ObjectNode) member.getValue())));
        Set<String> used = Set.copyOf(document.findValuesAsText("$ref"));
        document.withObject("components")
                .withObject("responses")
                .properties()
                .removeIf(response -> !used.contains(RESPONSES + response.getKey()));
    }

    private void complete(String path, String method, ObjectNode operation) {
        String access = operation.path("x-access").asText();
        operation.set("security", security(access));
        String description = operation.path("description").asText() + "\n\n" + who(access);
        operation.put("description", description.strip());
        Set<Problem> problems = problems(path, method, operation);
        ObjectNode responses = operation.withObject("responses");
        problems.forEach(problem -> {
            String status = Integer.toString(problem.status());
            if (!responses.has(status)) {
                responses.putObject(status).put("$ref", RESPONSES + name(problem));
            }
        });
    }

    private static String who(String access) {
        return switch (access) {
            case ANYONE, ANYONE_OR_KEY -> "Needs no login.";
            case BROWSER -> "Only for signed-in browsers; no key may do it.";
            default -> "Needs the permission `" + access + "`.";
        };
    }

    private static Set<Problem> problems(String path, String method, ObjectNode operation) {
        String access = operation.path("x-access").asText();
        boolean open = access.equals(ANYONE) || access.equals(ANYONE_OR_KEY);
        var problems = new TreeSet<>(Set.of(
                Problem.BAD_REQUEST, Problem.NOT_ACCEPTABLE, Problem.INTERNAL_ERROR, Problem.SERVICE_UNAVAILABLE));
        if (!access.equals(ANYONE)) {
            problems.addAll(Set.of(Problem.UNAUTHORIZED, Problem.TOO_MANY_REQUESTS));
        }
        if (!open || !method.equals("get")) {
            problems.add(Problem.FORBIDDEN); // also a write from an origin that is not trusted
        }
        if (!method.equals("get")) {
            problems.add(Problem.PAYLOAD_TOO_LARGE);
        }
        if (operation.has("requestBody")) {
            problems.add(Problem.UNSUPPORTED_MEDIA_TYPE);
        }
        if (path.contains("{")) {
            problems.add(Problem.NOT_FOUND);
        }
        if (operation.path("x-attempts").asBoolean()) {
            problems.add(Problem.TOO_MANY_REQUESTS);
        }
        return problems;
    }

    private static ArrayNode security(String access) {
        ArrayNode alternatives = Json.MAPPER.createArrayNode();
        if (access.equals(ANYONE_OR_KEY)) {
            alternatives.addObject();
        }
        if (!access.equals(ANYONE)) {
            alternatives.addObject().putArray("session");
        }
        if (!access.equals(ANYONE) && !access.equals(BROWSER)) {
            alternatives.addObject().putArray("apiKey");
            alternatives.addObject().putArray("bearer");
        }
        return alternatives;
    }

    /// Makes the response component of a problem.
    private void describe(Problem problem) {
        ObjectNode response =
                document.withObject("components").withObject("responses").putObject(name(problem));
        response.put("description", problem.title() + ".");
        ObjectNode media = response.withObject("content").putObject(ProblemDocument.CONTENT_TYPE);
        media.putObject("schema").put("$ref", "#/components/schemas/Problem");
        media.putObject("example")
                .put("type", problem.urn())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", example(problem));
        headers(problem)
                .forEach(header -> response.withObject("headers")
                        .putObject(header)
                        .put("$ref", "#/components/headers/" + header.replaceAll("^X-|-", "")));
    }

    private static List<String> headers(Problem problem) {
        return problem != Problem.TOO_MANY_REQUESTS
                ? List.of()
                : List.of("Retry-After", "X-Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
    }

    private static String example(Problem problem) {
        return switch (problem) {
            case BAD_REQUEST -> "prompt is required";
            case UNAUTHORIZED -> "The API key is unknown, expired or disabled";
            case FORBIDDEN -> "This needs the permission tasks:write";
            case NOT_FOUND -> "Task not found";
            case CONFLICT -> "The task is over already";
            case UNPROCESSABLE_ENTITY -> "No GitHub token is set";
            case TOO_MANY_REQUESTS -> "Only 100 requests with this key in a minute; try again in 12 s";
            case METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    PAYLOAD_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    INTERNAL_ERROR,
                    BAD_GATEWAY,
                    SERVICE_UNAVAILABLE -> problem.title();
        };
    }

    /// `NOT_FOUND` becomes `NotFound`.
    private static String name(Problem problem) {
        return Arrays.stream(problem.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
