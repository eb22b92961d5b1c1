package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.http.Input;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Which of somebody's tasks a list is to show.
///
/// @param words each is in the title, repository, branch, id or agent, in whatever case
record TaskSearch(
        @Nullable TaskStatus status,
        @Nullable String agent,
        @Nullable String repository,
        List<String> words) {
    private static final int LONGEST_AGENT = 32;
    private static final int LONGEST_REPOSITORY = 400;
    private static final int LONGEST_QUERY = 200;

    /// @param query of the request; what is there but empty is no condition
    static TaskSearch of(@Nullable TaskStatus status, MultiMap query) {
        String q = parameter(query, "q", LONGEST_QUERY);
        return new TaskSearch(
                status,
                parameter(query, "agent", LONGEST_AGENT),
                parameter(query, "repository", LONGEST_REPOSITORY),
                q == null ? List.of() : words(q));
    }

    private static @Nullable String parameter(MultiMap query, String name, int longest) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : Input.parameter(name, value, longest);
    }

    private static List<String> words(String q) {
        return Arrays.stream(q.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    /// Whether the counters beside the tasks know how many there are.
    boolean counted() {
        return agent == null && repository == null && words.isEmpty();
    }

    /// Whether it leaves nothing out.
    boolean all() {
        return status == null && counted();
    }

    Condition condition() {
        Field<String> all = DSL.concat(Stream.of(TASK.TITLE, TASK.REPOSITORY, TASK.BRANCH, TASK.ID, TASK.AGENT)
                .flatMap(field -> Stream.of(field, DSL.inline(" ")))
                .toArray(Field<?>[]::new));
        return DSL.and(
                status == null ? DSL.noCondition() : TASK.STATUS.eq(status.wire()),
                agent == null ? DSL.noCondition() : TASK.AGENT.eq(agent),
                repository == null ? DSL.noCondition() : TASK.REPOSITORY.eq(repository),
                DSL.and(words.stream().map(all::containsIgnoreCase).toList()));
    }
}
