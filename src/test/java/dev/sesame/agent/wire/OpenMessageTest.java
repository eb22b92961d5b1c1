package dev.sesame.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentOutput;
import dev.sesame.event.EventBody.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenMessageTest {
    private final Outputs out = new Outputs();

    @Test
    void theWholeAddsOnlyWhatTheDeltasDidNotHave() {
        OpenMessage message = new OpenMessage("m");
        message.add("Hel", out);
        message.add("lo", out);
        message.end("Hello there", out);

        assertThat(messages())
                .containsExactly(
                        new Message("m", "Hel", false),
                        new Message("m", "lo", false),
                        new Message("m", " there", true));
    }

    @Test
    void aWholeWithoutDeltasIsOneEvent() {
        OpenMessage.whole("m", "Hello", out);

        assertThat(messages()).containsExactly(new Message("m", "Hello", true));
    }

    @Test
    void aWholeThatContradictsTheDeltasIsAMessageOfItsOwn() {
        OpenMessage message = new OpenMessage("m");
        message.add("Hallo", out);
        message.end("Hello", out);

        assertThat(messages())
                .containsExactly(
                        new Message("m", "Hallo", false),
                        new Message("m", "", true),
                        new Message("m.whole", "Hello", true));
    }

    @Test
    void aLongMessageGoesOnUnderNewIdsOfAtMost64KiBEach() {
        String text = "wörter 😀 ".repeat(20_000);
        OpenMessage message = new OpenMessage("m");
        for (int i = 0; i < text.length(); i += 1000) {
            message.add(text.substring(i, Math.min(i + 1000, text.length())), out);
        }
        message.end(text, out);

        Map<String, StringBuilder> parts = new LinkedHashMap<>();
        for (Message part : messages()) {
            parts.computeIfAbsent(part.messageId(), _ -> new StringBuilder()).append(part.textDelta());
        }
        assertThat(parts.keySet()).startsWith("m", "m.2", "m.3").hasSize(4);
        assertThat(parts.values()).allMatch(part -> Cut.bytes(part.toString()) <= Cut.MOST_BYTES);
        assertThat(String.join("", parts.values())).isEqualTo(text);
        assertThat(messages().stream().filter(Message::last)).hasSize(4);
    }

    private List<Message> messages() {
        return out.list().stream()
                .map(output -> (Message) ((AgentOutput.Event) output).body())
                .toList();
    }
}
