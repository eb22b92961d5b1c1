package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Conversation;
import dev.sesame.event.EventBody.LogType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What conversations over lines of JSON have in common: lines that are no JSON and all of stderr become log
/// events, and a process that ends in the middle of a turn has failed. For one thread.
public abstract class LineConversation implements Conversation {
    protected final Assignment assignment;
    protected final OpenTools tools = new OpenTools();
    private final String title;
    private boolean working = true;
    private String lastError = "";

    /// @param title the agent's name for people
    protected LineConversation(String title, Assignment assignment) {
        this.title = title;
        this.assignment = assignment;
    }

    /// One JSON object that the agent wrote.
    ///
    /// @param line as it came, for what is not known
    protected abstract void hear(long offset, String line, JsonNode said, Outputs out);

    /// What a line that is no JSON, or one of stderr, means for the turn; null if nothing.
    protected @Nullable Verdict meaning(String line) {
        return null;
    }

    private void plain(LogType type, String line, Outputs out) {
        out.log(type, line);
        Verdict verdict = meaning(line);
        if (verdict != null && working) {
            endTurn(verdict, out);
        }
    }

    /// The process is gone: closes what is open beside the tools.
    protected void left(Outputs out) {}

    /// A turn is under way.
    protected final void work() {
        working = true;
    }

    protected final boolean works() {
        return working;
    }

    /// A turn is over, and so are its tools.
    protected final void endTurn(Verdict verdict, Outputs out) {
        tools.closeAll("The turn ended before its tool did", out);
        working = false;
        out.add(new TurnEnded(verdict));
    }

    /// The session to resume is gone.
    protected final void loseSession(String why, Outputs out) {
        String message = "The session " + assignment.resume() + " is no longer there" + why;
        out.log(LogType.WARNING, message);
        endTurn(new Verdict.Failed("session_lost", message, true), out);
    }

    @Override
    public final List<AgentOutput> line(long offset, String line) {
        if (line.isBlank()) {
            return List.of();
        }
        Outputs out = new Outputs();
        JsonNode said = Json.object(line);
        if (said == null) {
            plain(LogType.INFO, line, out);
        } else {
            hear(offset, line, said, out);
        }
        return out.list();
    }

    @Override
    public final List<AgentOutput> errorLine(long offset, String line) {
        if (line.isBlank()) {
            return List.of();
        }
        lastError = line;
        Outputs out = new Outputs();
        plain(LogType.WARNING, line, out);
        return out.list();
    }

    @Override
    public final List<AgentOutput> end(int exitCode) {
        Outputs out = new Outputs();
        left(out);
        tools.closeAll("The agent ended before its tool did", out);
        if (working) {
            String message = title + " ended with exit code " + exitCode + " before it was done"
                    + (lastError.isEmpty() ? "" : ": " + lastError);
            endTurn(new Verdict.Failed("agent_crashed", message, true), out);
        }
        return out.list();
    }
}
