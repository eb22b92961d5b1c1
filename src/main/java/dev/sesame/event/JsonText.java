package dev.sesame.event;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object, field by field in the given order. Cheaper than a generator for objects of ten fields.
final class JsonText {
    private final StringBuilder text = new StringBuilder(256);
    private boolean first = true;

    JsonText open() {
        text.append('{');
        first = true;
        return this;
    }

    JsonText open(String name) {
        return name(name).open();
    }

    JsonText close() {
        text.append('}');
        first = false;
        return this;
    }

    JsonText field(String name, String value) {
        name(name);
        text.append('"');
        quoted(value);
        text.append('"');
        return this;
    }

    JsonText optional(String name, @Nullable String value) {
        return value == null ? this : field(name, value);
    }

    JsonText field(String name, boolean value) {
        name(name).text.append(value);
        return this;
    }

    JsonText field(String name, int value) {
        name(name).text.append(value);
        return this;
    }

    /// A value that is JSON already.
    JsonText raw(String name, String json) {
        name(name).text.append(json);
        return this;
    }

    /// Text escaped as within a JSON string, without the quotes.
    JsonText quoted(String value) {
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        return this;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private JsonText name(String name) {
        if (!first) {
            text.append(',');
        }
        first = false;
        text.append('"').append(name).append("\":");
        return this;
    }
}
