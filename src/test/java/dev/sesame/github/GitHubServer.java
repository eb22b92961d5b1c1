package dev.sesame.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// GitHub's REST API on loopback, as far as we use it, at `/` and, like an Enterprise, at `/api/v3`. It checks tokens
/// and what they open, pages with Link headers, answers conditional requests, counts against a rate limit, and refuses
/// in GitHub's words.
public final class GitHubServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OF_REPOSITORY = Pattern.compile("/repos/([^/]+/[^/]+)/(branches|pulls)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Function<String, Boolean>> branchesOf = new ConcurrentHashMap<>();
    private final Map<String, ArrayNode> branches = new ConcurrentHashMap<>();
    private final Map<String, ArrayNode> pulls = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger remaining = new AtomicInteger(5_000);
    private volatile @Nullable Reply failure;

    /// @param scopes null for a fine-grained token
    private record Account(String login, long id, @Nullable String scopes, List<ObjectNode> repositories) {}

    private record Reply(int status, String body, Map<String, String> headers) {
        static Reply of(int status, String message) {
            return new Reply(
                    status,
                    JSON.createObjectNode()
                            .put("message", message)
                            .put("documentation_url", "https://docs.github.com/rest")
                            .put("status", Integer.toString(status))
                            .toString(),
                    Map.of());
        }
    }

    private GitHubServer(HttpServer server) {
        this.server = server;
    }

    public static GitHubServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var github = new GitHubServer(server);
            server.setExecutor(github.threads);
            server.createContext("/", github::serve);
            server.start();
            return github;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A classic token (scopes as GitHub lists them) or, with null, a fine-grained one.
    public void account(String token, String login, @Nullable String scopes) {
        accounts.put(token, new Account(login, 583_231 + accounts.size(), scopes, new CopyOnWriteArrayList<>()));
    }

    public void revoke(String token) {
        accounts.remove(token);
    }

    /// A repository that the token opens, with a branch `main`.
    public void repository(String token, String fullName) {
        ObjectNode repository = JSON.createObjectNode();
        repository.put("id", 1_296_269 + fullName.hashCode() % 1_000_000L);
        repository.put("node_id", "MDEwOlJlcG9zaXRvcnkx").put("name", fullName.replaceAll(".*/", ""));
        repository.put("full_name", fullName).put("private", true).put("default_branch", "main");
        repository.putObject("owner").put("login", fullName.replaceAll("/.*", ""));
        Objects.requireNonNull(accounts.get(token)).repositories().add(repository);
        branch(fullName, "main", true);
    }

    /// Lets everybody see a repository that the token opens.
    public void publish(String token, String fullName) {
        Objects.requireNonNull(accounts.get(token)).repositories().stream()
                .filter(repository -> repository.path("full_name").asText().equals(fullName))
                .forEach(repository -> repository.put("private", false));
    }

    public void branch(String fullName, String name, boolean isProtected) {
        ObjectNode branch = JSON.createObjectNode().put("name", name).put("protected", isProtected);
        branch.putObject("commit")
                .put("sha", "c5b97d5ae6c19d5c5df71a34c7fbeeda2479ccbc")
                .put("url", url());
        branches.computeIfAbsent(fullName, _ -> JSON.createArrayNode()).add(branch);
    }

    /// Whether a branch is there is asked of this, for pull requests.
    public void branchesOf(String fullName, Function<String, Boolean> known) {
        branchesOf.put(fullName, known);
    }

    /// All pull requests of a repository so far, as they are now.
    public List<JsonNode> pulls(String fullName) {
        List<JsonNode> all = new ArrayList<>();
        pulls.getOrDefault(fullName, JSON.createArrayNode()).forEach(all::add);
        return all;
    }

    /// So many requests are left until the limit is reached.
    public void remaining(int requests) {
        remaining.set(requests);
    }

    /// From now on the answer to everything; null ends it.
    public void fail(int status, String body) {
        failure = new Reply(status, body, Map.of());
    }

    public void recover() {
        failure = null;
    }

    /// All requests so far: method, path and query, the status of the answer.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = reply(exchange, body);
            String etag = "W/\"" + Integer.toHexString(reply.body().hashCode()) + "\"";
            boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            int status = same && reply.status() == 200 ? 304 : reply.status();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + status);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().add("ETag", etag);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 304 ? -1 : bytes.length);
            if (status != 304) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private Reply reply(HttpExchange exchange, String body) throws IOException {
        Reply failing = failure;
        if (failing != null) {
            return failing;
        }
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replaceFirst("^Bearer ", "");
        Account account = accounts.get(token);
        if (account == null) {
            return Reply.of(401, "Bad credentials");
        }
        if (remaining.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            Reply limited = Reply.of(403, "API rate limit exceeded for user ID " + account.id() + ".");
            String reset = Long.toString(System.currentTimeMillis() / 1000 + 1_800);
            return new Reply(403, limited.body(), Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset));
        }
        String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v3", "");
        Matcher of = OF_REPOSITORY.matcher(path);
        if (path.equals("/user")) {
            return user(account);
        }
        if (path.equals("/user/repos")) {
            ArrayNode all = JSON.createArrayNode().addAll(account.repositories());
            return page(exchange, all);
        }
        boolean opens = of.matches()
                && account.repositories().stream()
                        .anyMatch(it -> it.path("full_name").asText().equals(of.group(1)));
        if (!opens) {
            return Reply.of(404, "Not Found");
        }
        if (of.group(2).equals("branches")) {
            return page(exchange, branches.getOrDefault(of.group(1), JSON.createArrayNode()));
        }
        return exchange.getRequestMethod().equals("POST")
                ? open(of.group(1), JSON.readTree(body))
                : page(
                        exchange,
                        openPulls(
                                of.group(1),
                                String.valueOf(exchange.getRequestURI().getQuery())));
    }

    private static Reply user(Account account) {
        ObjectNode user = JSON.createObjectNode().put("login", account.login()).put("id", account.id());
        user.put("name", "The " + account.login()).putNull("email");
        return new Reply(
                200, user.toString(), account.scopes() == null ? Map.of() : Map.of("X-OAuth-Scopes", account.scopes()));
    }

    private Reply page(HttpExchange exchange, ArrayNode all) {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        int size = number(query, "per_page", 30);
        int page = number(query, "page", 1);
        ArrayNode some = JSON.createArrayNode();
        for (int i = (page - 1) * size; i < Math.min(page * size, all.size()); i++) {
            some.add(all.get(i));
        }
        if (page * size >= all.size()) {
            return new Reply(200, some.toString(), Map.of());
        }
        String here = url() + exchange.getRequestURI().getPath() + "?" + query.replaceAll("&page=\\d+", "") + "&page=";
        String link = "<%s%d>; rel=\"next\", <%s%d>; rel=\"last\""
                .formatted(here, page + 1, here, (all.size() + size - 1) / size);
        return new Reply(200, some.toString(), Map.of("Link", link));
    }

    private static int number(String query, String name, int otherwise) {
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=(\\d+)").matcher(query);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    private ArrayNode openPulls(String repository, String query) {
        ArrayNode found = JSON.createArrayNode();
        pulls(repository).stream()
                .filter(pull -> pull.path("state").asText().equals("open"))
                .filter(pull -> !query.contains("head=")
                        || query.endsWith(
                                "head=" + pull.path("head").path("label").asText())
                        || query.contains(
                                "head=" + pull.path("head").path("label").asText() + "&"))
                .forEach(found::add);
        return found;
    }

    private synchronized Reply open(String repository, JsonNode wanted) {
        String owner = repository.replaceAll("/.*", "");
        String head = wanted.path("head").asText();
        if (!branchesOf.getOrDefault(repository, _ -> true).apply(head)) {
            return invalid("\"field\":\"head\",\"code\":\"invalid\"");
        }
        if (!openPulls(repository, "head=" + owner + ":" + head).isEmpty()) {
            return invalid("\"code\":\"custom\",\"message\":\"A pull request already exists for " + owner + ":" + head
                    + ".\"");
        }
        ArrayNode all = pulls.computeIfAbsent(repository, _ -> JSON.createArrayNode());
        ObjectNode pull = JSON.createObjectNode().put("number", all.size() + 1).put("state", "open");
        pull.put("html_url", url() + "/" + repository + "/pull/" + (all.size() + 1));
        pull.put("title", wanted.path("title").asText())
                .put("body", wanted.path("body").asText());
        pull.put("draft", wanted.path("draft").asBoolean());
        pull.putObject("head").put("ref", head).put("label", owner + ":" + head);
        pull.putObject("base").put("ref", wanted.path("base").asText());
        all.add(pull);
        return new Reply(201, pull.toString(), Map.of());
    }

    private static Reply invalid(String error) {
        return new Reply(
                422,
                "{\"message\":\"Validation Failed\",\"documentation_url\":\"https://docs.github.com/rest\","
                        + "\"errors\":[{\"resource\":\"PullRequest\"," + error + "}]}",
                Map.of());
    }

    /// As somebody who closes it.
    public void closePull(String repository, int number) {
        ((ObjectNode) pulls(repository).get(number - 1)).put("state", "closed");
    }
}
