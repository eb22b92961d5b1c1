package dev.sesame.agent.acp;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.Retelling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs an agent that speaks ACP, its stdin and stdout held open for the conversation.
///
/// In `auto` mode the agent is told to ask for nothing, so that it depends on no answer of ours and works on
/// while the server is away; if it asks all the same, it is allowed. In `ask` mode it asks as it does outside.
public final class AcpDriver implements AgentDriver {
    private final AcpProfile profile;
    private final AgentPrograms programs;

    private AcpDriver(AcpProfile profile, AgentPrograms programs) {
        this.profile = profile;
        this.programs = programs;
    }

    /// One driver for each agent that there is a profile of.
    public static List<AgentDriver> all(AgentPrograms programs) {
        return List.of(
                new AcpDriver(Gemini.PROFILE, programs),
                new AcpDriver(OpenCode.PROFILE, programs),
                new AcpDriver(Copilot.PROFILE, programs));
    }

    @Override
    public String id() {
        return profile.agent();
    }

    @Override
    public Optional<String> missing(Credentials credentials) {
        return profile.need().missing(credentials);
    }

    @Override
    public Program install(Consumer<String> progress) {
        return programs.install(id(), progress);
    }

    @Override
    public Optional<LoginFile> loginFile() {
        return Optional.ofNullable(profile.login());
    }

    @Override
    public List<Path> homeFiles() {
        return profile.homeFiles();
    }

    @Override
    public Launch launch(Assignment assignment, Program program, Credentials credentials) {
        return profile.start().launch(assignment, program, credentials);
    }

    @Override
    public Conversation converse(Assignment assignment) {
        return new AcpConversation(profile, assignment);
    }

    @Override
    public Retelling retell(Assignment assignment) {
        return new AcpRetelling(converse(assignment));
    }

    /// For recordings of an agent over an adapter of its own to ACP, where it is driven otherwise.
    public static Retelling retell(String agent, Assignment assignment) {
        return new AcpRetelling(new AcpConversation(AcpProfile.adapted(agent), assignment));
    }
}
