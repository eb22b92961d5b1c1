package dev.sesame.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sesame.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names in a column: a JSON array; null for none.
final class Names {

    private Names() {}

    static @Nullable String write(List<String> names) {
        try {
            return names.isEmpty() ? null : Json.MAPPER.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> read(@Nullable String column) {
        try {
            return column == null ? List.of() : List.of(Json.MAPPER.readValue(column, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
