package dev.sesame.agent.demo.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The demo agent's main class. Works in the current directory.
///
/// Arguments: `--home DIR` (where sessions are kept), `--resume ID`, `--ask` (the tour asks before it runs a
/// command), `--tour-only` (scripts are refused).
///
/// **What it reads**, one line each, arguments after a space, free text as base64 of UTF-8:
///
/// | line | means |
/// |---|---|
/// | `history TEXT` | an earlier message, given as context when there is no session to resume |
/// | `prompt TEXT` | do this; prompts wait for each other |
/// | `answer ID allow\|allow_always\|deny [TEXT]` | the decision on a request of its, with a word of why |
/// | `interrupt` | stop the turn |
///
/// The end of its input means: finish what was asked, then exit with 0. A session to resume that is not there ends it
/// at once, with a failed turn of code `session_lost` and 1.
///
/// **What it writes**, one JSON object per line, told apart by `type`:
///
/// | type | fields |
/// |---|---|
/// | `session` | `id`, `earlier` (prompts before this process) |
/// | `text`, `thinking` | `id`, `delta`, `end` (true on the last of this id) |
/// | `tool` | `id`, `name`, `state` (`pending` or `running`), `description`, `input` |
/// | `result` | `id`, `output`, `error`, `exitCode` (of commands) |
/// | `ask` | `id`, `tool` (the call that waits for the answer), `title` |
/// | `usage` | `input`, `output`: tokens so far, by its own rough count |
/// | `log` | `message` |
/// | `quota` | `until`, epoch milliseconds |
/// | `turn` | `result` (`done`, `interrupted` or `failed`), and for the latter `code` and `message` |
public final class DemoAgent {
    private final Output output = new Output(new FileOutputStream(FileDescriptor.out));
    private final Inbox inbox = new Inbox(new FileInputStream(FileDescriptor.in));
    private final Stage stage = new Stage(output, inbox);
    private final Tools tools = new Tools(stage, Path.of("").toAbsolutePath());
    private final List<String> arguments;
    private int prompts;
    private long charactersRead;

    private DemoAgent(List<String> arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] arguments) throws IOException {
        DemoAgent agent = new DemoAgent(List.of(arguments));
        int code;
        try {
            code = agent.run();
        } catch (UncheckedIOException e) {
            // Nobody reads us any more.
            code = 1;
        }
        // Not exit: a stubborn agent's shutdown hook never ends.
        Runtime.getRuntime().halt(code);
    }

    private int run() throws IOException {
        String home = after("--home");
        String resume = after("--resume");
        Session session = Session.open(Path.of(home == null ? "." : home), resume);
        if (session == null) {
            ended("failed", "session_lost", "No session ".concat(String.valueOf(resume)));
            return 1;
        }
        output.begin("session").text("id", session.id()).number("earlier", session.earlier());
        stage.show();
        if (arguments.contains("--tour-only")) {
            output.begin("log")
                    .text("message", "Isolation is less than full here: only the fixed tour runs, no scripts");
            stage.show();
        }
        inbox.start();
        for (String prompt = inbox.nextPrompt(); prompt != null; prompt = inbox.nextPrompt()) {
            session.remember(++prompts);
            charactersRead += prompt.length();
            turn(prompt, session.earlier() + prompts);
            inbox.turnEnded();
        }
        return 0;
    }

    private void turn(String prompt, int number) {
        String result = "done";
        String code = "bad_script";
        String problem = null;
        try {
            act(prompt, number);
        } catch (InterruptedException e) {
            stage.closeOpenTool("Interrupted");
            result = "interrupted";
        } catch (IllegalArgumentException e) {
            result = "failed";
            problem = e.getMessage();
        } catch (Step.QuotaUsedUp e) {
            result = "failed";
            code = "quota_exhausted";
            problem = "The demo's quota is used up";
        }
        output.begin("usage").number("input", charactersRead / 4).number("output", stage.charactersSpoken() / 4);
        output.end();
        ended(result, problem == null ? null : code, problem);
    }

    private void ended(String result, @Nullable String code, @Nullable String problem) {
        output.begin("turn").text("result", result);
        if (code != null && problem != null) {
            output.text("code", code).text("message", problem);
        }
        stage.show();
    }

    private void act(String prompt, int number) throws InterruptedException {
        if (!Script.isPresent(prompt)) {
            new Tour(stage, tools, arguments.contains("--ask")).run(prompt, number);
            return;
        }
        if (arguments.contains("--tour-only")) {
            throw new IllegalArgumentException("Lines that begin with `demo:` run commands, so they need full "
                    .concat("isolation, which this server's sandbox does not give. Leave them out for the tour."));
        }
        for (Step step : Script.parse(prompt)) {
            step.run(stage, tools);
        }
    }

    private @Nullable String after(String option) {
        int i = arguments.indexOf(option);
        return i < 0 || i + 1 == arguments.size() ? null : arguments.get(i + 1);
    }
}
