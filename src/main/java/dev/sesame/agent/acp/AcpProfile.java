package dev.sesame.agent.acp;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.LoginFile;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.CredentialNeed;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one agent that speaks ACP has of its own.
///
/// @param agent its name in the API, and its row in the table of packages
/// @param title its name for people
/// @param need the credentials that will do
/// @param login the file in which it keeps its login; null where a task is given no such file
/// @param homeFiles all files that its start may put into the home
/// @param start its command, environment and files
/// @param modes the session's mode for `auto` and for `ask`; null where the command says it
/// @param counting what the `usage` at a turn's end counts
/// @param asides what of its message text is not the agent's words
/// @param silentFailure whether a turn that failed ends like one that succeeded, only without `usage`
record AcpProfile(
        String agent,
        String title,
        CredentialNeed need,
        @Nullable LoginFile login,
        List<Path> homeFiles,
        Start start,
        @Nullable Modes modes,
        Counting counting,
        Asides asides,
        boolean silentFailure) {

    /// Of an agent that is not driven over ACP, for what an adapter recorded.
    static AcpProfile adapted(String agent) {
        Start none = (assignment, program, credentials) -> {
            throw new IllegalStateException(agent + " is not started over ACP");
        };
        CredentialNeed need = new CredentialNeed(agent, List.of());
        return new AcpProfile(
                agent, agent, need, null, List.of(), none, null, Counting.LAST_REQUEST, Asides.NONE, true);
    }

    /// How the program is started.
    interface Start {
        Launch launch(Assignment assignment, Program program, Credentials credentials);
    }

    /// Ids of modes that the agent offers.
    record Modes(String auto, String ask) {}

    enum Counting {
        /// The turn's tokens.
        TURN,
        /// All since the process began.
        RUNNING_TOTAL,
        /// The last request's, which is of no use.
        LAST_REQUEST
    }
}
