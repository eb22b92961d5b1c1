package dev.sesame.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Reads text and nothing that only looks like it: no numbers, no lone surrogates (they have no UTF-8 form), no
/// control characters except, in a [Multiline] field, line breaks and tabs, and in one of [AnyCharacters].
final class SafeText extends StdScalarDeserializer<String> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final boolean multiline;
    private final boolean any;

    SafeText(boolean multiline) {
        this(multiline, false);
    }

    private SafeText(boolean multiline, boolean any) {
        super(String.class);
        this.multiline = multiline;
        this.any = any;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return property == null
                ? new SafeText(false)
                : new SafeText(
                        property.getAnnotation(Multiline.class) != null,
                        property.getAnnotation(AnyCharacters.class) != null);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, json);
        }
        String text = json.getText();
        String fault = any ? fault(text, _ -> true) : fault(text, multiline);
        if (fault != null) {
            throw new UnsafeTextException(json, fault);
        }
        return text;
    }

    /// What is wrong with the text, to be read after the name of the field; null if nothing is.
    static @Nullable String fault(String text, boolean multiline) {
        return fault(text, c -> multiline && (c == '\n' || c == '\r' || c == '\t'));
    }

    private static @Nullable String fault(String text, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "holds half of a surrogate pair at position " + i;
            } else if (Character.isISOControl(c) && !allowed.test(c)) {
                return "holds the control character U+%04X at position %d".formatted((int) c, i);
            }
        }
        return null;
    }

    static final class UnsafeTextException extends MismatchedInputException {
        private static final long serialVersionUID = 1L;

        UnsafeTextException(JsonParser json, String fault) {
            super(json, fault, String.class);
        }
    }
}
