package dev.sesame.credential;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Secrets by the door that each was planted at, and the search for them in all forms that programs print.
final class Canaries {
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-F]{2}");
    private static final List<Base64.Encoder> BASE64 = List.of(Base64.getEncoder(), Base64.getUrlEncoder());

    private final Map<String, String> planted = new LinkedHashMap<>();

    /// With what encoders change. Nothing else has these letters.
    String plant(String door) {
        return add(door, "cAnArY+/&=\"\\" + number());
    }

    /// As tokens look that go into a header or a command.
    String plantPlain(String door) {
        return add(door, "cAnArY" + number());
    }

    /// One that the server made.
    String add(String door, String secret) {
        if (secret.length() < 16 || planted.put(door, secret) != null) {
            throw new AssertionError("no secret, or the second of this name: " + door);
        }
        return secret;
    }

    private String number() {
        return "%03d-".formatted(planted.size()) + Long.toHexString(System.nanoTime());
    }

    int count() {
        return planted.size();
    }

    /// Those of the doors whose names match.
    List<String> of(Pattern doors) {
        return planted.entrySet().stream()
                .filter(entry -> doors.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList();
    }

    /// In which place which door's secret was found.
    ///
    /// @param places their contents, by what they are
    Set<String> finds(Map<String, String> places) {
        Set<String> finds = new TreeSet<>();
        planted.forEach((door, secret) -> {
            Set<String> forms = forms(secret);
            places.forEach((place, content) -> {
                if (forms.stream().anyMatch(content::contains)) {
                    finds.add(door + " in " + place);
                }
            });
        });
        return finds;
    }

    /// As programs print it: as it is, in JSON, in URLs, and in base64, alone and behind something else.
    static List<String> printed(String secret) {
        List<String> all = new ArrayList<>(texts(secret));
        for (String before : List.of("", "x", "xx")) {
            byte[] bytes = (before + secret).getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : BASE64) {
                all.add(encoder.encodeToString(bytes));
                all.add(encoder.withoutPadding().encodeToString(bytes));
            }
        }
        return all;
    }

    /// What [#printed] and whatever is around it have in common: base64 without what depends on the neighbours,
    /// which is with padding and without it the same.
    private static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>(texts(secret));
        for (String before : List.of("", "x", "xx")) {
            for (Base64.Encoder encoder : BASE64) {
                String all = encoder.encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
                forms.add(all.substring(before.isEmpty() ? 0 : 4, all.length() - 4));
            }
        }
        return forms;
    }

    private static Set<String> texts(String secret) {
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String lower = ENCODED.matcher(url).replaceAll(hex -> hex.group().toLowerCase(java.util.Locale.ROOT));
        String json = TextNode.valueOf(secret).toString();
        return new LinkedHashSet<>(List.of(secret, json.substring(1, json.length() - 1), url, lower));
    }
}
