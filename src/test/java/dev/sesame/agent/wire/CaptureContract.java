package dev.sesame.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Recording;
import dev.sesame.agent.Retelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every driver, tried on every capture of its agent (a subclass names them in a static method
/// `captures`). `<name>.expected.jsonl` has the events that a capture is to give; after an intended change run the test
/// with `-Dgoldens.write=true`, then read the difference.
public abstract class CaptureContract {

    /// A conversation as the captured one was begun.
    protected abstract Retelling begin(Capture capture);

    /// The kind of a line of the agent's, for [#folded].
    protected abstract String kind(JsonNode line);

    /// The kinds that may come to nothing, and why.
    protected abstract Map<String, String> folded();

    @ParameterizedTest
    @MethodSource("captures")
    void capturesComeToTheEventsThatWereReviewed(Capture capture) {
        List<AgentOutput> outputs =
                perform(capture).stream().flatMap(List::stream).toList();

        List<String> actual = OutputJson.lines(outputs);
        assertThat(actual).isEqualTo(OutputJson.golden(capture.expected(), actual));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void noLineIsDroppedExceptByIntent(Capture capture) {
        List<List<AgentOutput>> steps = perform(capture);
        for (int i = 0; i < capture.lines().size(); i++) {
            Recording.Line line = capture.lines().get(i);
            if (line.fromAgent() && steps.get(i + 1).isEmpty() && !line.text().isBlank()) {
                assertThat(folded()).as(line.text()).containsKey(kind(Capture.json(line)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aConversationTakenUpAtAnyLineGoesOnTheSame(Capture capture) {
        List<List<AgentOutput>> whole = perform(capture);
        for (int cut = 0; cut <= whole.size(); cut++) {
            List<List<AgentOutput>> log = new ArrayList<>(whole.subList(0, cut));
            List<List<AgentOutput>> again = perform(capture);
            log.addAll(again.subList(cut, again.size()));
            assertThat(log).isEqualTo(whole);
        }
    }

    /// Whatever the CLI's next version does.
    @ParameterizedTest
    @MethodSource("captures")
    void linesOfUnexpectedShapeDoNoHarm(Capture capture) {
        for (int seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            Retelling retelling = begin(capture);
            retelling.start();
            for (Recording.Line line : capture.lines()) {
                JsonNode json = Json.object(line.text());
                String spoiled =
                        json == null ? line.text() : Spoiled.of(json, random).toString();
                retelling.tell(line.fromAgent() ? new Recording.Line(true, line.offset(), spoiled) : line);
            }
            retelling.end(0);
        }
    }

    /// The start, each line of the capture, stderr, the end: what each comes to.
    private List<List<AgentOutput>> perform(Capture capture) {
        Retelling retelling = begin(capture);
        List<List<AgentOutput>> steps = new ArrayList<>();
        steps.add(retelling.start());
        for (Recording.Line line : capture.lines()) {
            steps.add(retelling.tell(line));
        }
        for (String error : capture.errors()) {
            steps.add(retelling.errorLine(error));
        }
        steps.add(retelling.end(1));
        return steps;
    }
}
