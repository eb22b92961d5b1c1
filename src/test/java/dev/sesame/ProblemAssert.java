package dev.sesame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

/// What every refusal must look like.
public final class ProblemAssert {

    private ProblemAssert() {}

    /// @param detail a part of the detail, for instance the field's name
    public static void assertProblem(Answer answer, int status, String detail) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        String urn = answer.text("title").toLowerCase(Locale.ROOT).replace(' ', '-');
        assertThat(answer.text("type")).isEqualTo("urn:sesame:error:" + urn);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.text("detail")).contains(detail);
    }
}
