package dev.sesame.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "{", "[1]", "3", "null", "{\"a\":1} and more", "{\"a\":1}{\"b\":2}", "{'a':1}"})
    void whatIsNoSingleObjectIsNone(String line) {
        assertThat(Json.object(line)).isNull();
    }

    @Test
    void objectsNestedTooDeepAreNone() {
        assertThat(Json.object("{\"a\":".repeat(100_000))).isNull();
    }

    @Test
    void aLineMayBeOfAnyLength() {
        JsonNode node = parsed("{\"text\":\"" + "x".repeat(50_000_000) + "\"}");

        assertThat(Json.text(node, "text")).hasSize(50_000_000);
    }

    @Test
    void aMemberThatIsNullOrNoScalarHasNoText() {
        JsonNode node = parsed("{\"a\":null,\"b\":{},\"c\":7,\"d\":true,\"e\":\"\"}");

        assertThat(Json.text(node, "a")).isNull();
        assertThat(Json.text(node, "b")).isNull();
        assertThat(Json.text(node, "c")).isEqualTo("7");
        assertThat(Json.text(node, "d")).isEqualTo("true");
        assertThat(Json.text(node, "e")).isEmpty();
        assertThat(Json.text(node, "missing", "otherwise")).isEqualTo("otherwise");
    }

    private static JsonNode parsed(String line) {
        return Objects.requireNonNull(Json.object(line));
    }
}
