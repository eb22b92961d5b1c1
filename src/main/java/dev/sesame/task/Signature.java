package dev.sesame.task;

import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.git.Workspace;
import dev.sesame.github.Identity;
import dev.sesame.setting.SettingKeys;
import java.util.ArrayList;
import java.util.List;

/// Who commits, and with which words.
record Signature(Workspace.Author author, String message) {

    private static final int SUBJECT = 72;

    /// The user as the git host knows them, else by the account's name and address; the message a model's, else from
    /// the prompt.
    static Signature of(Run run) {
        Engine engine = run.engine();
        Task task = run.task();
        String message = engine.words().commitMessage(nameOf(run)).orElseGet(() -> plain(run));
        List<String> trailers = new ArrayList<>(List.of("Sesame-Task: " + task.id()));
        if (engine.settings().get(SettingKeys.GIT_INCLUDE_CO_AUTHORED_BY)) {
            trailers.add("Co-authored-by: Sesame <noreply@sesame.dev>");
        }
        Identity account = engine.database()
                .read(tx -> tx.select(USERS.NAME, USERS.EMAIL)
                        .from(USERS)
                        .where(USERS.ID.eq(task.userId()))
                        .fetchSingle(r -> new Identity(r.value1(), r.value2())));
        Identity who = engine.identity().apply(task.userId()).orElse(account);
        return new Signature(new Workspace.Author(who.name(), who.email(), trailers), message);
    }

    /// By which a model's message for the attempt is found.
    static String nameOf(Run run) {
        return run.task().id() + "/" + run.attempt().attempt();
    }

    private static String plain(Run run) {
        // Who typed a secret into the prompt finds no commit refused for it, and none that tells it.
        String text = run.journal().redactor().redact(run.attempt().prompt()).strip();
        String first = text.lines().findFirst().orElse("Work of " + run.task().agent());
        String subject = first.codePointCount(0, first.length()) <= SUBJECT
                ? first
                : first.substring(0, first.offsetByCodePoints(0, SUBJECT - 1)).stripTrailing() + "…";
        return subject + (text.equals(subject) ? "" : "\n\n" + text);
    }
}
