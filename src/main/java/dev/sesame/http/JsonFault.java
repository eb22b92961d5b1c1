package dev.sesame.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a JSON document in a sentence that names the field or the place.
final class JsonFault {

    private JsonFault() {}

    static String sentence(JacksonException fault) {
        return switch (fault) {
            case UnrecognizedPropertyException unknown -> "Unknown field " + path(unknown);
            case SafeText.UnsafeTextException unsafe -> path(unsafe) + " " + unsafe.getOriginalMessage();
            case JsonMappingException mapping
            when mapping.getCause() instanceof InputCoercionException -> path(mapping) + " is out of range";
            case JsonMappingException mapping
            when mapping.getCause() instanceof JacksonException cause -> sentence(cause);
            case StreamConstraintsException limit -> "The JSON is too large or too deeply nested";
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case JsonMappingException mapping -> path(mapping) + " is not acceptable";
            default -> malformed(fault);
        };
    }

    private static String mismatch(MismatchedInputException fault) {
        String original = fault.getOriginalMessage();
        if (original.startsWith("No content")) {
            return "The body is missing";
        }
        if (original.startsWith("Trailing token")) {
            return "Only one JSON document is expected" + place(fault.getLocation());
        }
        if (fault.getPath().isEmpty()) {
            return "The body must be " + expected(fault.getTargetType());
        }
        return path(fault) + " must be " + expected(fault.getTargetType());
    }

    private static String malformed(JacksonException fault) {
        String original = fault.getOriginalMessage();
        if (original.startsWith("Duplicate field")) {
            return original;
        }
        return "Malformed JSON" + place(fault.getLocation());
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> String.valueOf(Json.MAPPER.convertValue(constant, Object.class)))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    private static String path(JsonMappingException fault) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference step : fault.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(Input.shown(step.getFieldName()));
            }
        }
        return path.isEmpty() ? "The body" : path.toString();
    }
}
