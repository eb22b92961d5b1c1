package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void the_request_above_the_limit_is_told_when_to_come_again() {
        var limit = new RateLimit(() -> 3);
        for (int i = 0; i < 3; i++) {
            limit.count("a", "attempts");
        }

        var refusal = catchThrowableOfType(ProblemException.class, () -> limit.count("a", "attempts"));

        assertThat(refusal.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
        assertThat(refusal.headers())
                .containsEntry("RateLimit-Limit", "3")
                .containsEntry("RateLimit-Remaining", "0")
                .containsEntry("X-Retry-After", refusal.headers().get("Retry-After"));
        assertThat(Integer.parseInt(refusal.headers().get("Retry-After"))).isBetween(1, 60);
        assertThatCode(() -> limit.count("b", "attempts")).doesNotThrowAnyException();
    }

    @Test
    void a_changed_limit_counts_at_once() {
        var perMinute = new AtomicInteger(1);
        var limit = new RateLimit(perMinute::get);
        limit.count("a", "attempts");
        assertThatThrownBy(() -> limit.count("a", "attempts")).isInstanceOf(ProblemException.class);

        perMinute.set(2);

        assertThatCode(() -> limit.count("a", "attempts")).doesNotThrowAnyException();
    }
}
