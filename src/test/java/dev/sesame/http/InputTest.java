package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {

    @Test
    void counts_characters_and_not_their_halves() {
        assertThat(Input.text("title", "😀😀", 1, 2)).isEqualTo("😀😀");
        assertThatThrownBy(() -> Input.text("title", "😀😀😀", 1, 2))
                .hasMessage("title must have 1 to 2 characters, it has 3");
        assertThatThrownBy(() -> Input.text("title", "", 1, 2))
                .hasMessage("title must have 1 to 2 characters, it has 0");
        assertThatThrownBy(() -> Input.text("title", null, 1, 2)).hasMessage("title is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "+1", "1.0", "0x1", "١", "1e3", "99999999999999999999", "-1", "11"})
    void whole_numbers_are_plain_digits_in_their_range(String text) {
        assertThatThrownBy(() -> Input.whole("limit", text, 0, 10))
                .hasMessage("limit must be a whole number from 0 to 10");
    }

    @Test
    void a_number_that_is_absent_is_not_refused() {
        assertThat(Input.whole("limit", null, 0, 10)).isEmpty();
        assertThat(Input.whole("limit", "10", 0, 10)).hasValue(10L);
        assertThatThrownBy(() -> Input.whole("offset", "-1", 0, Long.MAX_VALUE))
                .hasMessage("offset must be a whole number of at least 0");
    }

    @Test
    void parameters_hold_no_control_characters() {
        assertThatThrownBy(() -> Input.parameter("id", "a\0", 10))
                .hasMessage("id holds the control character U+0000 at position 1");
        assertThat(Input.parameter("id", "a", 10)).isEqualTo("a");
    }

    @Test
    void a_name_is_repeated_whole_or_cut_between_its_characters() {
        String wide = "\ud83d\ude00"; // one character of two halves
        assertThat(Input.shown(wide.repeat(60))).isEqualTo(wide.repeat(60));
        assertThat(Input.shown(wide.repeat(101))).isEqualTo(wide.repeat(80) + "…");
    }
}
