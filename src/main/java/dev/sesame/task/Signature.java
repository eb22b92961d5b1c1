package dev.sesame.task;

import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.git.Workspace;
import dev.sesame.setting.SettingKeys;
import java.util.Optional;

/// Who commits, and with which words.
record Signature(Workspace.Author author, String message) {

    private static final int SUBJECT = 72;

    /// The user's own name and address; the message from the prompt.
    static Signature of(Engine engine, Task task) {
        String text = task.prompt().strip();
        String first = text.lines().findFirst().orElse("Work of " + task.agent());
        String subject = first.codePointCount(0, first.length()) <= SUBJECT
                ? first
                : first.substring(0, first.offsetByCodePoints(0, SUBJECT - 1)).stripTrailing() + "…";
        String message = subject + (text.equals(subject) ? "" : "\n\n" + text) + "\n\nSesame-Task: " + task.id();
        Optional<String> coAuthor = engine.settings().get(SettingKeys.GIT_INCLUDE_CO_AUTHORED_BY)
                ? Optional.of("Sesame <noreply@sesame.dev>")
                : Optional.empty();
        return engine.database()
                .read(tx -> tx.select(USERS.NAME, USERS.EMAIL)
                        .from(USERS)
                        .where(USERS.ID.eq(task.userId()))
                        .fetchSingle(
                                r -> new Signature(new Workspace.Author(r.value1(), r.value2(), coAuthor), message)));
    }
}
