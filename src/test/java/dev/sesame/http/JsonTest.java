package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    enum Mode {
        AUTO,
        ASK
    }

    record Inner(@Nullable String name) {}

    record Body(
            @Nullable String name,
            @Multiline @Nullable String prompt,
            @Nullable Integer count,
            @Nullable Boolean on,
            @Nullable Mode mode,
            @Nullable List<String> list,
            @Nullable Map<String, List<String>> map,
            @Nullable Inner inner,
            @Nullable Double cost) {
        Body {
            if ("refused".equals(name)) {
                throw Problem.UNPROCESSABLE_ENTITY.because("name is refused");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"nme":"a"}                 | Unknown field nme
            {"inner":{"x":1}}           | Unknown field inner.x
            {"name":5}                  | name must be text
            {"name":true}               | name must be text
            {"name":{"a":1}}            | name must be text
            {"name":["a"]}              | name must be text
            {"count":"5"}               | count must be a whole number
            {"count":""}                | count must be a whole number
            {"count":1.5}               | count must be a whole number
            {"count":true}              | count must be a whole number
            {"count":99999999999}       | count is out of range
            {"on":"true"}               | on must be true or false
            {"on":1}                    | on must be true or false
            {"mode":"auto"}             | mode must be one of AUTO, ASK
            {"mode":0}                  | mode must be one of AUTO, ASK
            {"mode":""}                 | mode must be one of AUTO, ASK
            {"cost":"1"}                | cost must be a number
            {"list":"a"}                | list must be a list
            {"list":{}}                 | list must be a list
            {"list":["a",1]}            | list[1] must be text
            {"map":{"a":"b"}}           | map.a must be a list
            {"inner":"a"}               | inner must be an object
            {"inner":[]}                | inner must be an object
            {"name":"a","name":"b"}     | Duplicate field 'name'
            {"name":"a"}{}              | Only one JSON document is expected at line 1, column 13
            {"name":"a"} x              | Malformed JSON at line 1, column 14
            {"name":                    | Malformed JSON at line 1, column 9
            {'name':'a'}                | Malformed JSON at line 1, column 2
            {"count":NaN}               | Malformed JSON at line 1, column 13
            []                          | The body must be an object
            "x"                         | The body must be an object
            5                           | The body must be an object
            ``                          | The body is missing
            {"name":"a\\u0000"}         | name holds the control character U+0000 at position 1
            {"name":"a\\nb"}            | name holds the control character U+000A at position 1
            {"name":"\\u0085"}          | name holds the control character U+0085 at position 0
            {"prompt":"a\\u0000"}       | prompt holds the control character U+0000 at position 1
            {"name":"\\ud83d"}          | name holds half of a surrogate pair at position 0
            {"name":"\\ude00\\ud83d"}   | name holds half of a surrogate pair at position 0
            {"list":["\\u0001"]}        | list[0] holds the control character U+0001 at position 0
            {"map":{"a":["\\u0001"]}}   | map.a[0] holds the control character U+0001 at position 0
            {"inner":{"name":"\\u007f"}}| inner.name holds the control character U+007F at position 0
            {"\\u0001":1}               | Unknown field (unprintable)
            {"name":"refused"}          | name is refused
            """)
    void refuses_in_a_sentence_that_names_the_field(String json, String sentence) {
        var fault = catchThrowableOfType(JsonProcessingException.class, () -> Json.MAPPER.readValue(json, Body.class));

        assertThat(Faults.problem(fault, "POST /x").detail()).isEqualTo(sentence);
    }

    @Test
    void refuses_a_document_that_is_nested_too_deeply() {
        var fault =
                catchThrowableOfType(JsonProcessingException.class, () -> Json.MAPPER.readTree("[".repeat(100_000)));

        assertThat(Faults.problem(fault, "POST /x").problem()).isEqualTo(Problem.BAD_REQUEST);
    }

    @Test
    void reads_what_is_right() throws Exception {
        String json = """
                {"name":"a😀","prompt":"a\\n\\tb\\r","count":-5,"on":false,"mode":"ASK","list":[],"map":{"a":["b"]},"cost":1}
                """;

        assertThat(Json.MAPPER.readValue(json, Body.class))
                .isEqualTo(new Body(
                        "a😀", "a\n\tb\r", -5, false, Mode.ASK, List.of(), Map.of("a", List.of("b")), null, 1.0));
    }

    @Test
    void writes_instants_with_milliseconds_and_leaves_out_null() throws Exception {
        record View(Instant at, @Nullable String nothing) {}

        assertThat(Json.MAPPER.writeValueAsString(new View(Instant.parse("2024-01-15T10:30:00Z"), null)))
                .isEqualTo("{\"at\":\"2024-01-15T10:30:00.000Z\"}");
    }
}
