package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The document and the code have the same operations, and the document is right in itself.
class ApiDocumentTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ROUTE = Pattern.compile("Routes\\.(get)\\(\\s*router,\\s*\"([^\"]+)\"");

    @Test
    void everyRouteIsInTheDocumentAndNothingElse() {
        Set<String> documented = new TreeSet<>();
        Operation.all().forEach(operation -> documented.add(operation.toString()));
        Set<String> built = new TreeSet<>(BuiltEndpoints.resources());
        built.addAll(routes());
        built.remove("GET /metrics"); // for monitors, in a format and with a token of its own: no part of the API
        assertThat(documented)
                .as("Describe each endpoint in src/main/resources/openapi, and nothing that is not there")
                .isEqualTo(built);
    }

    /// A path that is not in the text there, or a route that is made in another way, would not be seen by
    /// the test above.
    @Test
    void everyEndpointIsSeenHere() {
        assertThat(routes())
                .as("Call Routes.get(router, \"/path\", …) with the path as a literal")
                .hasSize((int) BuiltEndpoints.callsOfRoutes());
        assertThat(BuiltEndpoints.callsOfRouters())
                .as("Use dev.sesame.http.Routes; all others are for every path")
                .containsExactlyInAnyOrder(
                        "Edge.route()",
                        "Failures.errorHandler(int, io.vertx.core.Handler)",
                        "Failures.route()",
                        "Pages.route()",
                        "Routes.route(java.lang.String)");
        assertThat(BuiltEndpoints.callsOfRoute())
                .as("A route's path is given when it is made")
                .isSubsetOf("order", "method", "handler", "failureHandler");
        assertThat(BuiltEndpoints.unseenMethods())
                .as("An endpoint has a verb and is in a class with @Path")
                .isEmpty();
    }

    @Test
    void everyOperationSaysWhatItIsAndWhoMayCallIt() {
        assertThat(Operation.all()).allSatisfy(operation -> {
            assertThat(operation.json().path("operationId").asText()).matches("[a-z][A-Za-z]+");
            assertThat(operation.json().path("summary").asText()).isNotBlank();
            assertThat(operation.access()).matches("anyone|anyone-or-key|browser|[a-z]+:(read|write)");
            assertThat(operation.json().path("tags")).hasSize(1);
            assertThat(tags()).contains(operation.json().at("/tags/0").asText());
        });
        assertThat(Operation.all().stream()
                        .map(o -> o.json().path("operationId").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingIsUnused() {
        Set<String> used = new TreeSet<>();
        Operation.DOCUMENT.findValuesAsText("$ref").forEach(used::add);
        assertThat(used)
                .allSatisfy(reference -> assertThat(
                                Operation.DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .isFalse());
        Operation.DOCUMENT
                .at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(used).contains("#/components/schemas/" + name));
    }

    @Test
    void everyBodyHasAnExampleThatFits() {
        assertThat(Operation.all()).allSatisfy(operation -> {
            media(operation.json().path("requestBody")).forEach(body -> {
                assertThat(body.has("example")).as("an example").isTrue();
                assertThat(Shapes.requestFaults(body.path("schema"), body.path("example")))
                        .isEmpty();
            });
            operation
                    .json()
                    .path("responses")
                    .forEach(response -> media(Operation.resolved(response)).forEach(body -> {
                        assertThat(body.has("example")).as("an example").isTrue();
                        assertThat(Shapes.faults(body.path("schema"), body.path("example")))
                                .isEmpty();
                    }));
        });
    }

    @Test
    void theKindsOfProblemAreThoseOfTheTable() {
        assertThat(Operation.DOCUMENT.at("/components/schemas/Problem/properties/type/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Arrays.stream(Problem.values()).map(Problem::urn).toList());
    }

    private static Stream<JsonNode> media(JsonNode body) {
        return StreamSupport.stream(body.path("content").spliterator(), false);
    }

    private static List<String> tags() {
        return Operation.DOCUMENT.path("tags").findValuesAsText("name");
    }

    private static List<String> routes() {
        return sources()
                .flatMap(file -> ROUTE.matcher(text(file)).results())
                .map(ApiDocumentTest::operation)
                .toList();
    }

    private static Stream<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String operation(MatchResult route) {
        return route.group(1).toUpperCase(Locale.ROOT) + " " + route.group(2).replaceAll(":([A-Za-z]+)", "{$1}");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
