package dev.sesame.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.sesame.http.Json;
import dev.sesame.http.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Permissions as the API and the database have them: `{"tasks":["read","write"],"repos":["read"]}`.
final class PermissionTable {
    /// What a key may do that was made without saying it.
    static final Set<Permission> DEFAULT = Collections.unmodifiableSet(
            EnumSet.of(Permission.TASKS_READ, Permission.TASKS_WRITE, Permission.REPOS_READ, Permission.SETTINGS_READ));

    private static final TypeReference<Map<String, List<String>>> SHAPE = new TypeReference<>() {};

    private PermissionTable() {}

    static Map<String, List<String>> table(Set<Permission> permissions) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (Permission permission : Permission.values()) {
            if (permissions.contains(permission)) {
                table.computeIfAbsent(permission.resource(), resource -> new ArrayList<>())
                        .add(permission.action());
            }
        }
        return table;
    }

    /// Refuses what is no permission, naming it.
    static Set<Permission> parse(Map<String, List<String>> table) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        table.forEach((resource, actions) -> {
            if (actions == null) {
                throw Problem.BAD_REQUEST.because("permissions." + resource + " must be a list");
            }
            actions.forEach(action -> permissions.add(permission(resource, action)));
        });
        return permissions;
    }

    private static Permission permission(String resource, String action) {
        return Arrays.stream(Permission.values())
                .filter(known ->
                        known.resource().equals(resource) && known.action().equals(action))
                .findAny()
                .orElseThrow(() -> Problem.BAD_REQUEST.because("permissions: there is no " + resource + ":" + action));
    }

    static String text(Set<Permission> permissions) {
        try {
            return Json.MAPPER.writeValueAsString(table(permissions));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of lists of text can be written", e);
        }
    }

    static Set<Permission> read(String text) {
        try {
            return parse(Json.MAPPER.readValue(text, SHAPE));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored key has unreadable permissions", e);
        }
    }
}
