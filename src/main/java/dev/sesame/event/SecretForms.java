package dev.sesame.event;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// The forms a secret takes in what programs print.
final class SecretForms {
    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        json(secret, forms);
        url(secret, forms);
        base64(secret, forms);
        forms.removeIf(form -> form.length() < SecretRedactor.SHORTEST);
        return forms;
    }

    /// As JSON strings have it: the way most write it, with escaped slashes (PHP), in ASCII alone (Python), safe
    /// for HTML (Go); and JSON within JSON.
    private static void json(String secret, Set<String> forms) {
        String escaped = new JsonText().quoted(secret).toString();
        forms.add(escaped);
        forms.add(new JsonText().quoted(escaped).toString());
        forms.add(escaped.replace("/", "\\/"));
        forms.add(unicode(escaped, c -> c > 0x7e));
        forms.add(unicode(escaped, c -> c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029));
    }

    private static void url(String secret, Set<String> forms) {
        // What differs between the encoders is what they leave alone, and the space.
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String component = form.replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        String strict = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        for (String encoded : new String[] {form, component, strict}) {
            forms.add(encoded);
            forms.add(lowerHex(encoded));
        }
        forms.add(component
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%40", "@")
                .replace("%3D", "=")
                .replace("%2B", "+")
                .replace("%26", "&")
                .replace("%24", "$")
                .replace("%2C", ",")
                .replace("%3B", ";")
                .replace("%3F", "?")
                .replace("%23", "#"));
    }

    /// Within a longer encoded text the secret's first byte may be the first, second or third of a group; in each
    /// case all characters that depend on the secret's bytes alone.
    private static void base64(String secret, Set<String> forms) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int first = (before * 8 + 5) / 6;
            int end = shifted.length * 8 / 6;
            for (Base64.Encoder encoder : Arrays.asList(Base64.getEncoder(), Base64.getUrlEncoder())) {
                forms.add(encoder.encodeToString(shifted).substring(first, end));
            }
        }
    }

    private static String unicode(String text, java.util.function.IntPredicate escaped) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped.test(c)) {
                result.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    private static String lowerHex(String encoded) {
        StringBuilder result = new StringBuilder(encoded);
        for (int i = 0; i + 2 < result.length(); i++) {
            if (result.charAt(i) == '%') {
                result.setCharAt(i + 1, Character.toLowerCase(result.charAt(i + 1)));
                result.setCharAt(i + 2, Character.toLowerCase(result.charAt(i + 2)));
            }
        }
        return result.toString();
    }
}
