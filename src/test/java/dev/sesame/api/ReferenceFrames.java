package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.api.Reference.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The reference's frames of a task's stream, and the stream of a task that did the same.
final class ReferenceFrames {
    static final String STREAM = "GET /api/tasks/:taskId/stream";
    static final String PING = "event: ping\ndata: keepalive";
    private static final Pattern EVENT = Pattern.compile("id: (\\d+)\nevent: event\ndata: (\\{.*})");
    private static final Likeness LIKENESS = new Likeness(Set.of("seq"));

    private final List<String> frames;
    private int reached;

    /// @param stream all that was sent
    ReferenceFrames(String stream) {
        assertThat(stream).endsWith("\n\n");
        frames = Arrays.asList(stream.split("\n\n"));
    }

    static String withoutPings(String stream) {
        return stream.replace(PING + "\n\n", "");
    }

    /// To be called for each in the order of the reference: what is like it comes after what was like the one
    /// before.
    void check(Block frame) {
        if (frame.text().equals(PING)) {
            assertThat(frames).contains(PING);
            return;
        }
        JsonNode example = event(frame.text());
        List<List<String>> differences = new ArrayList<>();
        for (int i = reached; i < frames.size(); i++) {
            if (!frames.get(i).equals(PING)) {
                differences.add(LIKENESS.differences(example, event(frames.get(i))));
                if (differences.getLast().isEmpty()) {
                    reached = i + 1;
                    return;
                }
            }
        }
        throw new AssertionError("nothing like it: " + frame.text() + "\n" + differences + "\n" + frames);
    }

    /// Every frame that is no ping is an event, and they are numbered from 0 without a gap.
    void checkNumbers() {
        List<String> events =
                frames.stream().filter(frame -> !frame.equals(PING)).toList();
        for (int i = 0; i < events.size(); i++) {
            assertThat(event(events.get(i)).path("seq").asInt()).isEqualTo(i);
        }
    }

    private static JsonNode event(String frame) {
        Matcher matcher = EVENT.matcher(frame);
        assertThat(matcher.matches()).as(frame).isTrue();
        JsonNode event = ReferenceStory.json(matcher.group(2));
        assertThat(event.path("seq").asText()).isEqualTo(matcher.group(1));
        return event;
    }
}
