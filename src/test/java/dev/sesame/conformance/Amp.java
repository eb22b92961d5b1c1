package dev.sesame.conformance;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Recording;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.claude.AmpDriver;
import dev.sesame.agent.wire.Capture;
import dev.sesame.event.EventBody;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Amp, which works only with its own service: from captures of its failures to sign in, and from recordings written by
/// hand in its documented format.
final class Amp {
    private static final String FORMAT = "Amp was tried up to its sign-in; this is from its documented format";
    private static final String WHOLE = "Amp's format has whole messages";
    private static final String REFUSES = "Amp can't pass its permission requests on: it refuses what it would ask for";

    private static final List<Probe> PERMISSIONS = List.of(
            Probe.ALLOWED, Probe.DENIED, Probe.ALWAYS, Probe.UNANSWERED, Probe.ANSWERED_LATER, Probe.ASKED_MEANWHILE);

    private Amp() {}

    static void tell(Results results) {
        check(results, Probe.THINKING, "documented-full", event(EventBody.Thinking.class));
        check(results, Probe.OUTPUT, "documented-full", event(EventBody.ToolResult.class));
        check(results, Probe.TOKENS, "documented-full", AgentOutput.Used.class::isInstance);
        check(results, Probe.REJECTED, "nocred", output -> output.toString().contains("credential_rejected"));
        check(
                results,
                Probe.UNKNOWN,
                "documented-full",
                AgentOutput.NotUnderstood.class::isInstance,
                Newer.line("amp"));
        results.cannot(Probe.DELTAS, "amp", WHOLE);
        for (Probe probe : PERMISSIONS) {
            results.cannot(probe, "amp", REFUSES);
        }
    }

    private static Predicate<AgentOutput> event(Class<? extends EventBody> type) {
        return output -> output instanceof AgentOutput.Event(var body) && type.isInstance(body);
    }

    private static void check(
            Results results, Probe probe, String capture, Predicate<AgentOutput> wanted, String... more) {
        if (outputs(capture, more).stream().noneMatch(wanted)) {
            throw new AssertionError("The capture " + capture + " does not show: " + probe.title());
        }
        results.partly(probe, "amp", FORMAT);
    }

    private static List<AgentOutput> outputs(String name, String... more) {
        AgentDriver driver = new AmpDriver(new AgentPrograms(Path.of(""), Map.of(), Map.of()));
        Capture capture = Capture.of("amp").stream()
                .filter(candidate -> candidate.toString().equals(name))
                .findFirst()
                .orElseThrow();
        Retelling retelling = driver.retell(
                new Assignment("task_1", 1, "Do it", null, false, null, List.of(), "/workspace", "/home/agent"));
        List<AgentOutput> outputs = new ArrayList<>(retelling.start());
        capture.lines().forEach(line -> outputs.addAll(retelling.tell(line)));
        Stream.of(more).forEach(line -> outputs.addAll(retelling.tell(new Recording.Line(true, 1 << 20, line))));
        outputs.addAll(retelling.end(1));
        return outputs;
    }
}
