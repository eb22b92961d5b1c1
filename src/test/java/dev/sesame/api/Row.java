package dev.sesame.api;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A row of the matrix.
///
/// @param call method and path, perhaps with a query
/// @param who may make the call, in the words of the document; `anyone-but-keys` is `anyone`, but a key is refused
/// @param own whether the thing that it is about belongs to one user and is not there for others
/// @param status what those are answered who may
/// @param body empty for none
record Row(String call, String who, boolean own, int status, String body) {
    private static final Set<Callers.Kind> GOOD_KEYS =
            Set.of(Callers.Kind.KEY_WITH, Callers.Kind.BEARER_WITH, Callers.Kind.KEY_WITHOUT);
    private static final Set<Callers.Kind> BAD_KEYS = Set.of(
            Callers.Kind.KEY_UNKNOWN, Callers.Kind.KEY_EXPIRED, Callers.Kind.KEY_DISABLED, Callers.Kind.KEY_OF_DELETED);
    private static final Set<Callers.Kind> SIGNED_IN =
            Set.of(Callers.Kind.OWNER, Callers.Kind.OTHER, Callers.Kind.ADMIN);

    static List<Row> table(String text) {
        return text.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> new Row(
                        cells.get(0),
                        cells.get(1),
                        cells.get(2).equals("own"),
                        Integer.parseInt(cells.get(3)),
                        cells.get(4)))
                .toList();
    }

    String operation() {
        return call.replaceAll("\\?.*", "");
    }

    String access() {
        return who.equals("anyone-but-keys") ? "anyone" : who;
    }

    boolean adminOnly() {
        return who.startsWith("admin:");
    }

    int expected(Callers.Kind kind) {
        return switch (who) {
            case "anyone" -> status;
            case "anyone-or-key" -> BAD_KEYS.contains(kind) ? 401 : status;
            case "anyone-but-keys" -> GOOD_KEYS.contains(kind) || BAD_KEYS.contains(kind) ? 403 : status;
            case "browser" -> browser(kind);
            default -> permitted(kind);
        };
    }

    private int browser(Callers.Kind kind) {
        if (SIGNED_IN.contains(kind)) {
            return own && kind != Callers.Kind.OWNER ? 404 : status;
        }
        return GOOD_KEYS.contains(kind) ? 403 : 401;
    }

    private int permitted(Callers.Kind kind) {
        return switch (kind) {
            case OWNER -> adminOnly() ? 403 : status;
            case OTHER -> adminOnly() ? 403 : own ? 404 : status;
            case ADMIN -> own ? 404 : status;
            case KEY_WITH, BEARER_WITH -> status;
            case KEY_WITHOUT -> 403;
            case ANONYMOUS,
                    SESSION_ENDED,
                    SESSION_OF_DELETED,
                    SESSION_FORGED,
                    KEY_UNKNOWN,
                    KEY_EXPIRED,
                    KEY_DISABLED,
                    KEY_OF_DELETED -> 401;
        };
    }

    @Override
    public String toString() {
        return call;
    }
}
