package dev.sesame.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every probe with every agent. The system property `conformance` set to `short` leaves the acts that CI has the
/// time for; `conformance.agents` and `conformance.acts` name some. What is found is compared with what is kept
/// in the repository, from which the table of `docs/agents.md` is made; `goldens.write` keeps it.
@Tag("agents")
class ConformanceIT {
    private static final boolean SHORT = "short".equals(System.getProperty("conformance"));
    private static final List<Candidate> CANDIDATES = Candidate.ALL.stream()
            .filter(who -> named("conformance.agents", who.agent()))
            .toList();
    private static final List<Act> ACTS = Arrays.stream(Act.values())
            .filter(act -> named("conformance.acts", act.name()) && (!SHORT || act.isShort()))
            .toList();

    @TempDir
    static Path directory;

    private static final Results RESULTS = new Results();
    private static Stage stage;
    private static Acts acts;

    @BeforeAll
    static void play() throws IOException, InterruptedException {
        stage = new Stage(directory);
        acts = new Acts(stage, CANDIDATES, ACTS);
        acts.play(SHORT);
    }

    private static boolean named(String property, String name) {
        String names = System.getProperty(property, "");
        return names.isEmpty() || List.of(names.split(",")).contains(name);
    }

    @AfterAll
    static void tell() throws IOException {
        stage.close();
        Amp.tell(RESULTS);
        System.out.println(RESULTS.table());
        Results kept = Results.kept();
        if (Boolean.getBoolean("goldens.write")) {
            kept.take(RESULTS);
            kept.write(Results.KEPT);
        }
        assertThat(kept.lines())
                .as("what is kept in the repository; -Dgoldens.write=true keeps what was found")
                .containsAll(RESULTS.lines());
    }

    @TestFactory
    Stream<DynamicContainer> agents() {
        return CANDIDATES.stream()
                .map(who -> dynamicContainer(
                        who.agent(),
                        Arrays.stream(Probe.values())
                                .filter(probe -> ACTS.contains(probe.act()) && !(SHORT && probe.follows()))
                                .map(probe -> dynamicTest(probe.title(), () -> probe(who, probe)))));
    }

    private static void probe(Candidate who, Probe probe) throws Exception {
        String why = who.cannot().get(probe);
        Played played = acts.of(who, probe.act());
        AssertionError failure = failure(who, probe, played);
        if (why == null) {
            if (failure != null) {
                throw new AssertionError(failure.getMessage() + "\n" + played, failure);
            }
            RESULTS.can(probe, who.agent());
        } else {
            assertThat(failure)
                    .as(who + " can do it now; take the reason out: " + why)
                    .isNotNull();
            RESULTS.cannot(probe, who.agent(), why);
        }
    }

    private static @Nullable AssertionError failure(Candidate who, Probe probe, Played played) {
        try {
            probe.check(who, played);
            return null;
        } catch (AssertionError e) {
            return e;
        } catch (RuntimeException e) {
            return new AssertionError(e.toString(), e);
        }
    }
}
