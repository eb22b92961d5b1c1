package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.Json;
import dev.sesame.event.EventBody.Decision;
import java.util.ArrayList;
import java.util.List;

/// Holds the conversation of a capture once more, with the driver of today.
final class Rehearsal {
    private final Capture capture;

    Rehearsal(Capture capture) {
        this.capture = capture;
    }

    /// What each line of the capture comes to; before them the start, after them stderr and the end.
    List<List<AgentOutput>> perform() {
        Conversation conversation = begin();
        List<List<AgentOutput>> steps = new ArrayList<>();
        steps.add(conversation.start());
        for (Capture.Line line : capture.lines()) {
            steps.add(tell(conversation, line));
        }
        for (String error : capture.errors()) {
            steps.add(conversation.errorLine(0, error));
        }
        steps.add(conversation.end(1));
        return steps;
    }

    Conversation begin() {
        boolean resumes = capture.toString().contains("resume");
        boolean asks = capture.toString().contains("perm");
        return new ClaudeConversation(new Assignment(
                "task_1",
                1,
                "Do it",
                null,
                asks,
                resumes ? "00000000-0000-4000-8000-000000000000" : null,
                List.of(),
                "/workspace",
                "/home/agent"));
    }

    private List<AgentOutput> tell(Conversation conversation, Capture.Line line) {
        if (line.fromAgent()) {
            return conversation.line(line.offset(), line.text());
        }
        JsonNode told = line.json();
        return switch (Json.text(told, "type", "")) {
            case "user" ->
                line.offset() == 0
                        ? List.of() // part of the start
                        : conversation.prompt(Json.text(told.path("message"), "content", ""));
            case "control_response" -> answer(conversation, told.path("response"));
            default ->
                "interrupt".equals(Json.text(told.path("request"), "subtype"))
                        ? conversation.interrupt()
                        : List.of(); // what this driver does not say
        };
    }

    private static List<AgentOutput> answer(Conversation conversation, JsonNode response) {
        JsonNode answer = response.path("response");
        boolean allowed = "allow".equals(Json.text(answer, "behavior"));
        Decision decision =
                !allowed ? Decision.DENY : answer.has("updatedPermissions") ? Decision.ALLOW_ALWAYS : Decision.ALLOW;
        return conversation.answer(
                Json.text(response, "request_id", ""), decision, allowed ? null : Json.text(answer, "message"));
    }
}
