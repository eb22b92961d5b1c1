package dev.sesame.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A problem as `application/problem+json`.
final class ProblemDocument {
    static final String CONTENT_TYPE = "application/problem+json";
    private static final String AUTH = "/api/auth/";

    private ProblemDocument() {}

    /// @param path of the request: errors of `/api/auth` also have the members `code` and `message`, which
    ///     better-auth's client reads
    static byte[] of(ProblemException fault, String path) {
        Map<String, Object> document = new LinkedHashMap<>();
        Problem problem = fault.problem();
        document.put("type", problem.urn());
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("detail", fault.detail());
        if (path.startsWith(AUTH)) {
            document.put("code", problem == Problem.BAD_REQUEST ? "VALIDATION_ERROR" : problem.name());
            document.put("message", fault.detail());
        }
        document.putAll(fault.members());
        try {
            return Json.MAPPER.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("members of a problem must be plain values", e);
        }
    }
}
