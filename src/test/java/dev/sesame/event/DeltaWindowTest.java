package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.event.DeltaWindow.Batch;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.Thinking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeltaWindowTest {
    private static final long MS = 1_000_000;
    private static final Duration WINDOW = Duration.ofMillis(50);
    private static final String SECRET = "sk-live-0123456789";
    private static final Redactor REDACTOR = new SecretRedactor(List.of(SECRET));

    private final DeltaWindow window = new DeltaWindow(REDACTOR, WINDOW);

    @Test
    void theFirstDeltaIsDueAtOnceAndLaterOnesAfterTheWindowTogether() {
        window.add(List.of(text("m", "one ")), 10, 0);
        assertThat(window.take(0)).isEqualTo(new Batch(List.of(text("m", "one ")), 10));

        window.add(List.of(text("m", "two ")), 20, 5 * MS);
        window.add(List.of(text("m", "three ")), 30, 20 * MS);
        assertThat(window.take(54 * MS)).isEqualTo(new Batch(List.of(), 10));
        assertThat(window.nanosUntilDue(54 * MS)).isEqualTo(MS);
        assertThat(window.take(55 * MS)).isEqualTo(new Batch(List.of(text("m", "two three ")), 30));
        assertThat(window.nanosUntilDue(55 * MS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anythingElseMakesAllBeforeItDue() {
        window.add(List.of(text("m", "one ")), 10, 0);
        window.add(List.of(text("m", "two ")), 20, 0);
        window.add(List.of(log("x"), text("m", "three ")), 30, 0);
        window.add(List.of(text("m", "four ")), 40, 0);
        assertThat(window.take(0))
                .isEqualTo(new Batch(List.of(text("m", "one two "), log("x"), text("m", "three ")), 30));
        assertThat(window.takeAll()).isEqualTo(new Batch(List.of(text("m", "four ")), 40));
    }

    @Test
    void theEndOfAMessageIsDueAtOnceAndJoinsWhatWaits() {
        window.add(List.of(text("m", "one ")), 10, 0);
        window.take(0);
        window.add(List.of(text("m", "two ")), 20, 0);
        window.add(List.of(new Message("m", "", true)), 30, 0);
        assertThat(window.take(0)).isEqualTo(new Batch(List.of(new Message("m", "two ", true)), 30));
    }

    @Test
    void withoutAWindowEachDeltaStaysOneHoweverLateTheyAreTaken() {
        DeltaWindow none = new DeltaWindow(REDACTOR, Duration.ZERO);
        none.add(List.of(text("m", "one ")), 10, 0);
        none.add(List.of(text("m", "two ")), 20, 0);
        none.add(List.of(text("m", "three ")), 30, 0);
        assertThat(none.take(MS))
                .isEqualTo(new Batch(List.of(text("m", "one "), text("m", "two "), text("m", "three ")), 30));
    }

    @Test
    void thinkingIsGatheredLikeMessages() {
        window.add(List.of(new Thinking("m", "1 ")), 1, 0);
        assertThat(window.take(0).bodies()).containsExactly(new Thinking("m", "1 "));
        window.add(List.of(new Thinking("m", "2 ")), 2, 0);
        window.add(List.of(new Thinking("m", "3 ")), 3, 0);
        assertThat(window.take(0).bodies()).isEmpty();
        assertThat(window.take(50 * MS).bodies()).containsExactly(new Thinking("m", "2 3 "));
    }

    @Test
    void linesWithoutEventsMoveThePositionWithWhatIsBeforeThemOrAfterASecond() {
        window.add(List.of(log("x")), 10, 0);
        window.add(List.of(), 20, 0);
        assertThat(window.take(0)).isEqualTo(new Batch(List.of(log("x")), 20));
        window.add(List.of(), 30, 0);
        window.add(List.of(), 40, 0);
        assertThat(window.take(999 * MS)).isEqualTo(new Batch(List.of(), 20));
        assertThat(window.nanosUntilDue(999 * MS)).isEqualTo(MS);
        assertThat(window.take(1000 * MS)).isEqualTo(new Batch(List.of(), 40));
    }

    @Test
    void aSecretInPiecesNeverGetsOut() {
        window.add(List.of(text("m", "key sk-li")), 10, 0);
        assertThat(window.take(0)).isEqualTo(new Batch(List.of(), 0));
        assertThat(window.nanosUntilDue(0)).isEqualTo(Long.MAX_VALUE);
        window.add(List.of(), 15, 0);
        window.add(List.of(text("m", "ve-012345")), 20, 0);
        assertThat(window.take(500 * MS)).isEqualTo(new Batch(List.of(), 0));
        window.add(List.of(text("m", "6789 ok")), 30, 0);
        assertThat(window.take(0)).isEqualTo(new Batch(List.of(text("m", "key [redacted] ok")), 30));
    }

    @Test
    void somethingElseSettlesTextAndTheRestOfASecretIsStillMasked() {
        window.add(List.of(text("m", "a sk-")), 10, 0);
        window.add(List.of(log("x")), 20, 0);
        window.add(List.of(text("m", "live-0123456789 b")), 30, 0);
        assertThat(window.takeAll().bodies()).containsExactly(text("m", "a sk-"), log("x"), text("m", "[redacted] b"));
    }

    @Test
    void aLongBeginningOfASecretIsMaskedWhenTheTextStopsThere() {
        window.add(List.of(text("m", "a sk-live-0123")), 10, 0);
        window.add(List.of(log("x")), 20, 0);
        window.add(List.of(new Thinking("m", "sk-live-01")), 30, 0);
        assertThat(window.takeAll().bodies())
                .containsExactly(text("m", "a [redacted]"), log("x"), new Thinking("m", "[redacted]"));
    }

    @Test
    void everythingCanBeTakenAtAnyLineAndTheRestOfASecretIsStillMasked() {
        window.add(List.of(text("m", "a sk-")), 10, 0);
        assertThat(window.takeAll()).isEqualTo(new Batch(List.of(text("m", "a sk-")), 10));
        window.add(List.of(text("m", "live-")), 20, 0);
        assertThat(window.takeAll()).isEqualTo(new Batch(List.of(text("m", "[redacted]")), 20));
        window.add(List.of(text("m", "0123456789 b")), 30, 0);
        assertThat(window.takeAll()).isEqualTo(new Batch(List.of(text("m", "[redacted] b")), 30));
    }

    @Test
    void whatWasTakenBeforeARestartIsNotGivenAgain() {
        window.replay(List.of(text("m", "a sk-")), 10);
        window.add(List.of(text("m", "live-0123456789 b")), 20, 0);
        assertThat(window.takeAll()).isEqualTo(new Batch(List.of(text("m", "[redacted] b")), 20));
    }

    @Test
    void textThatCouldForeverBecomeASecretIsLetGoInTheEnd() {
        DeltaWindow tight = new DeltaWindow(new SecretRedactor(List.of("a".repeat(20_000))), WINDOW);
        long position = 0;
        for (int i = 0; i < 20; i++) {
            tight.add(List.of(text("m", "a".repeat(1000))), ++position, 0);
        }
        assertThat(tight.take(100 * MS).position()).isEqualTo(20);
    }

    @Test
    void surrogatesThatAreSplitBetweenDeltasStayOneCharacter() {
        window.add(List.of(text("m", "a\uD83D")), 10, 0);
        assertThat(window.take(0).bodies()).isEmpty();
        window.add(List.of(text("m", "\uDE00b\uDE00")), 20, 0);
        assertThat(window.take(0).bodies()).containsExactly(text("m", "a😀b\uFFFD"));
    }

    @Property(tries = 20)
    void aMessageGoesOnUnderANewIdAt64KiBWhereverBatchesAreTaken(@ForAll Random random) {
        StringBuilder all = new StringBuilder();
        List<List<EventBody>> lines = new ArrayList<>();
        while (all.length() < 200_000) {
            String delta = random.nextBoolean() ? "漢é😀a".repeat(random.nextInt(3000)) : SECRET.substring(0, 7);
            all.append(delta);
            lines.add(List.of(text("m", delta)));
        }
        lines.add(List.of(new Message("m", "", true)));
        byte[] text = REDACTOR.redact(all.toString()).getBytes(StandardCharsets.UTF_8);

        Map<String, String> texts = texts(run(lines, random, new ArrayList<>()));
        StringBuilder joined = new StringBuilder();
        texts.forEach((id, part) -> {
            int bytes = part.getBytes(StandardCharsets.UTF_8).length;
            assertThat(bytes).isLessThanOrEqualTo(64 << 10);
            joined.append(part);
            if (joined.toString().getBytes(StandardCharsets.UTF_8).length < text.length) {
                assertThat(bytes).as(id).isGreaterThan((64 << 10) - 4);
            }
        });
        assertThat(joined.toString()).isEqualTo(new String(text, StandardCharsets.UTF_8));
        assertThat(texts.keySet()).startsWith("m", "m~2", "m~3");
    }

    @Property(tries = 300)
    void batchesAndRestartsDoNotChangeTheText(@ForAll Random random) {
        List<List<EventBody>> lines = lines(random);
        List<EventBody> patient = run(lines, null, new ArrayList<>());
        List<Long> restarts = new ArrayList<>();
        List<EventBody> interrupted = run(lines, random, restarts);

        assertThat(texts(interrupted)).isEqualTo(texts(patient));
        assertThat(others(interrupted)).isEqualTo(others(patient));
        assertThat(texts(patient).values()).noneMatch(text -> text.contains(SECRET));
    }

    /// Runs lines through windows; with a random, takes batches at random times and begins anew at random
    /// positions.
    private static List<EventBody> run(List<List<EventBody>> lines, @Nullable Random random, List<Long> restarts) {
        List<EventBody> stored = new ArrayList<>();
        DeltaWindow window = new DeltaWindow(REDACTOR, WINDOW);
        long now = 0;
        long position = 0;
        for (int line = 0; line < lines.size(); line++) {
            now += random == null ? 0 : random.nextLong(30 * MS);
            window.add(lines.get(line), line + 1, now);
            boolean answered = line % 17 == 5;
            if (answered || (random != null && random.nextInt(3) > 0)) {
                Batch batch = answered ? window.takeAll() : window.take(now);
                stored.addAll(batch.bodies());
                assertThat(batch.position()).isGreaterThanOrEqualTo(position);
                position = batch.position();
                if (random != null && random.nextInt(10) == 0) {
                    restarts.add(position);
                    window = new DeltaWindow(REDACTOR, WINDOW);
                    for (int past = 0; past < position; past++) {
                        window.replay(lines.get(past), past + 1);
                    }
                    line = (int) position - 1;
                }
            }
        }
        Batch rest = window.takeAll();
        assertThat(rest.position()).isEqualTo(lines.size());
        stored.addAll(rest.bodies());
        return stored;
    }

    private static List<List<EventBody>> lines(Random random) {
        List<List<EventBody>> lines = new ArrayList<>();
        String[] pieces = {SECRET, "sk-", "live-", "012345", "6789", " word", "", "😀", "\uD83D", "\uDE00", "é"};
        for (int i = 0; i < 60; i++) {
            List<EventBody> line = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                String piece = pieces[random.nextInt(pieces.length)];
                String id = "m" + (i / 20) + random.nextInt(2);
                switch (random.nextInt(12)) {
                    case 0 -> line.add(log("log " + i));
                    case 1 -> line.add(new Thinking(id, piece));
                    case 2 -> line.add(new Message("n" + i + n, piece, true));
                    default -> line.add(text("m" + (i / 20), piece));
                }
            }
            lines.add(line);
        }
        return lines;
    }

    /// By message; what a reader shows.
    private static Map<String, String> texts(List<EventBody> bodies) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (EventBody body : bodies) {
            switch (body) {
                case Message message -> texts.merge(message.messageId(), message.textDelta(), String::concat);
                case Thinking thinking ->
                    texts.merge("thinking " + thinking.messageId(), thinking.thinkingText(), String::concat);
                default -> {
                    // No text.
                }
            }
        }
        return texts;
    }

    private static List<EventBody> others(List<EventBody> bodies) {
        return bodies.stream().filter(body -> body instanceof Log).toList();
    }

    private static Message text(String id, String delta) {
        return new Message(id, delta, false);
    }

    private static Log log(String message) {
        return new Log(LogType.INFO, message);
    }
}
