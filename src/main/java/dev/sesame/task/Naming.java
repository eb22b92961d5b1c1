package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.ai.Words;
import org.jooq.DSLContext;

/// Gives a task a better title than its first line, and its branch a slug, if a model finds one in time.
final class Naming {

    private final Engine engine;

    Naming(Engine engine) {
        this.engine = engine;
    }

    /// Returns at once. The title may come at any time; the branch is for good once a push of it has begun.
    void begin(Task task) {
        engine.words()
                .title(
                        task.prompt(),
                        text -> Secrets.redacted(engine, task.userId(), text),
                        title -> engine.database().write(tx -> name(tx, task, title)));
    }

    private String name(DSLContext tx, Task created, String title) {
        TaskTable.find(tx, created.id())
                .filter(task -> task.title().equals(created.title()))
                .ifPresent(task -> {
                    String slug = Words.slug(title);
                    boolean pushes = task.phase() == Phase.PUSHING || task.pushedCommit() != null;
                    new TaskTable(engine.database())
                            .change(tx, task, engine.clock().instant())
                            .set(TASK.TITLE, title)
                            .set(TASK.BRANCH, pushes || slug.isEmpty() ? task.branch() : task.branch() + "-" + slug)
                            .where(TASK.ID.eq(task.id()))
                            .execute();
                });
        return title;
    }
}
