package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// docs/command-line.md is made from the commands' own help.
class CommandLinePageTest {
    private static final Path PAGE = Path.of("docs/command-line.md");
    private static final Path FRESH = Path.of("target/command-line.md");

    @Test
    void pageSaysWhatTheCommandsSay() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        append(page, Sesame.commandLine());
        Files.createDirectories(FRESH.getParent());
        Files.writeString(FRESH, page);
        assertThat(PAGE)
                .as("The commands changed. Bring the page up to date: cp " + FRESH + " " + PAGE)
                .hasSameTextualContentAs(FRESH);
    }

    private static void append(StringBuilder page, CommandLine command) {
        var spec = command.getCommandSpec();
        if (spec.usageMessage().hidden() || spec.name().equals("help")) {
            return;
        }
        spec.usageMessage().width(100);
        page.append("\n## ").append(spec.qualifiedName()).append("\n\n```\n");
        page.append(command.getUsageMessage(Ansi.OFF).strip().replaceAll(" +\n", "\n"))
                .append("\n```\n");
        command.getSubcommands().values().forEach(each -> append(page, each));
    }

    private static final String INTRODUCTION = """
            # The command line

            `sesame` is `./sesame` of a clone, or a link to it from a directory of your `PATH`. Without a command it starts
            the server. `task`, `login` and `logout` are a client: they use the public API of a server that may be anywhere,
            and need nothing but an address and a key.

            ## From a script or CI

            ```sh
            export SESAME_URL=https://sesame.example.com
            export SESAME_API_KEY=sk_…                     # from Settings > API Keys; `sesame login` keeps one instead

            sesame task run --repository owner/repo --agent claude-code --pull-request draft \\
              --cancel-on-interrupt --idempotency-key "$CI_JOB_ID" -- "$PROMPT"

            task=$(sesame task run -d --ask -r owner/repo -a codex - <prompt.md)    # don't wait
            sesame task logs -f "$task"                                             # come back, from any machine
            sesame task approve "$task"                                             # what it asks
            sesame task message -f "$task" "Now add a test"
            sesame task show --json "$task" | jq -r '.branch, .pullRequestUrl'
            sesame task list --json --status failed | jq -r '.tasks[].id'
            ```

            | Exit status | |
            |---|---|
            | 0 | the task completed, or what was asked is done |
            | 1 | the task failed or was cancelled; the reason is printed and in `error` of `--json` |
            | 2 | the command line is wrong |
            | 3 | the server is not there or refuses, nobody is signed in, or what is printed can't be written |
            | 70 | a defect of this program; its trace is printed |
            | 130, 143 | interrupted: the task goes on, unless `--cancel-on-interrupt` was given |

            What a command was asked for goes to standard output, everything else to standard error. With `--json` it is
            what the server answers, each object in a line of its own. `run`, `logs`, `retry -f` and `message -f` print each
            event as the task's stream has it with `fullText=last`, and when the task is over the task itself. Characters
            that could steer a terminal are left out or escaped, and where GitHub Actions, Azure Pipelines or TeamCity reads
            the output, an agent can give it no orders.

            A command that follows a task outlives its connection: when the server restarts, a proxy cuts the stream or
            nothing is heard for two minutes, it connects again and goes on after the last event it had, none missing and
            none twice. Limits are waited for. It gives up when the server was away for ten minutes; the task itself never
            depends on it.

            The key is sent to the address it was given for and nowhere else: no redirection is followed, and what
            `sesame login` kept (in `~/.config/sesame/login.json`, for its owner alone) is never sent to another
            `SESAME_URL`. It needs the permissions `tasks:read` and `tasks:write`, which every key has unless it was made
            without. A key has 100 requests a minute; a stream is one.

            A proxy or a certificate authority of your own: `SESAME_JAVA_OPTS="-Dhttps.proxyHost=… -Dhttps.proxyPort=…
            -Djavax.net.ssl.trustStore=…"`. `diff` names binary files without their content; the pushed branch has it.
            """;
}
