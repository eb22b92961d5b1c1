package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// The permission requests of a task that nobody has answered, read from its events.
final class OpenRequests {

    private OpenRequests() {}

    /// By their ids, oldest first.
    static Map<String, JsonNode> of(Connection connection, String task) throws ClientException, InterruptedException {
        Map<String, JsonNode> open = new LinkedHashMap<>();
        long last = Follower.newest(connection, task);
        if (last >= 0) {
            new EventReader(connection, task, -1, note -> {}).read(event -> {
                JsonNode body = event.body();
                switch (event.kind()) {
                    case "permission_request" ->
                        open.put(
                                body.path("permissionRequest").path("requestId").asText(""),
                                body.path("permissionRequest"));
                    case "permission_response" ->
                        open.remove(body.path("permissionResponse")
                                .path("requestId")
                                .asText(""));
                    // An attempt that is over asks nothing more.
                    case "done" -> open.clear();
                    default -> {}
                }
                return event.seq() < last;
            });
        }
        return open;
    }
}
