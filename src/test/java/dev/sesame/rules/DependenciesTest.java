package dev.sesame.rules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DependenciesTest {

    /// Feature → the features it may use. Whoever adds an arrow here also adds it to docs/architecture.md.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry(
                    "app",
                    Set.of(
                            "client",
                            "admin",
                            "task",
                            "terminal",
                            "ai",
                            "github",
                            "mcp",
                            "credential",
                            "agent",
                            "event",
                            "sandbox",
                            "git",
                            "auth",
                            "audit",
                            "setting",
                            "http",
                            "db")),
            Map.entry("admin", Set.of("task", "agent", "sandbox", "auth", "audit", "setting", "http", "db")),
            Map.entry(
                    "task",
                    Set.of(
                            "terminal",
                            "ai",
                            "github",
                            "mcp",
                            "credential",
                            "agent",
                            "event",
                            "sandbox",
                            "git",
                            "auth",
                            "audit",
                            "setting",
                            "http",
                            "db")),
            Map.entry("terminal", Set.of("event", "sandbox", "auth", "audit", "setting", "http", "db")),
            Map.entry("ai", Set.of("setting")),
            Map.entry("mcp", Set.of("credential", "agent", "auth", "audit", "http", "db")),
            Map.entry("github", Set.of("credential", "git", "auth", "setting", "http")),
            Map.entry("credential", Set.of("agent", "auth", "audit", "setting", "http", "db")),
            Map.entry("agent", Set.of("event", "sandbox")),
            Map.entry("event", Set.of("db")),
            Map.entry("git", Set.of("sandbox")),
            Map.entry("auth", Set.of("audit", "setting", "http", "db")),
            Map.entry("audit", Set.of("db")),
            Map.entry("setting", Set.of("db")),
            Map.entry("http", Set.of("setting", "db")),
            Map.entry("client", Set.of()),
            Map.entry("sandbox", Set.of()),
            Map.entry("db", Set.of()));

    /// Features that are plain Java: Quarkus is the edge's business.
    private static final Set<String> CORE = Set.of("event", "agent", "sandbox", "git", "audit", "db");

    private static final List<String> FRAMEWORK = List.of("io.quarkus.", "io.vertx.", "jakarta.", "io.smallrye.");

    @Test
    void dependenciesOnlyPointDown() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : ProductClasses.ALL) {
            String from = ProductClasses.feature(type);
            Set<String> allowed = MAY_USE.getOrDefault(from, Set.of());
            targets(type)
                    .filter(target -> !ProductClasses.feature(target).isEmpty())
                    .filter(target -> !ProductClasses.feature(target).equals(from)
                            && !allowed.contains(ProductClasses.feature(target)))
                    .forEach(target -> wrong.add(type.getName() + " uses " + target.getName()));
        }
        assertThat(wrong)
                .as("A lower feature that needs a fact of a higher one takes a function. If the arrow is right, add it"
                        + " to MAY_USE here and to docs/architecture.md")
                .isEmpty();
    }

    @Test
    void everyFeatureHasItsPlaceInTheTable() {
        assertThat(ProductClasses.ALL.stream().map(ProductClasses::feature).distinct())
                .as("A new package gets a line in MAY_USE and in docs/architecture.md")
                .allMatch(MAY_USE::containsKey);
    }

    @Test
    void featuresFormNoCycle() {
        slices().matching(ProductClasses.ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle makes two features one that is harder to read")
                .check(ProductClasses.ALL);
    }

    @Test
    void coreKnowsNoFramework() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : ProductClasses.ALL) {
            if (CORE.contains(ProductClasses.feature(type))) {
                targets(type)
                        .filter(target -> FRAMEWORK.stream().anyMatch(target.getName()::startsWith))
                        .forEach(target -> wrong.add(type.getName() + " uses " + target.getName()));
            }
        }
        assertThat(wrong)
                .as("The core is plain Java (docs/adr/0001): move what needs the framework to a resource or to Wiring")
                .isEmpty();
    }

    /// An agent of ours shares `agent` and `agent.wire` with the others, and nothing else.
    @Test
    void agentsDoNotKnowEachOther() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : ProductClasses.ALL) {
            String own = type.getPackageName();
            if (own.startsWith(ProductClasses.ROOT + ".agent.") && !own.endsWith(".wire")) {
                targets(type)
                        .map(JavaClass::getPackageName)
                        .filter(other -> other.startsWith(ProductClasses.ROOT + ".agent.")
                                && !other.endsWith(".wire")
                                && !agent(other).equals(agent(own)))
                        .forEach(other -> wrong.add(type.getName() + " uses " + other));
            }
        }
        assertThat(wrong).as("What two agents share belongs in agent.wire").isEmpty();
    }

    private static String agent(String packageName) {
        return packageName.substring((ProductClasses.ROOT + ".agent.").length()).split("\\.")[0];
    }

    private static Stream<JavaClass> targets(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType);
    }
}
