package dev.sesame.admin;

import dev.sesame.auth.Caller;
import dev.sesame.auth.UserAdministration;
import dev.sesame.db.Database;
import dev.sesame.http.Problem;
import dev.sesame.task.AllTasks;
import jakarta.inject.Singleton;
import java.time.Duration;

/// The end of an account: locks its user out, ends their tasks, then deletes all in one transaction. Safe to repeat
/// where it stopped. Open streams end at their next ping.
@Singleton
final class Departure {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Database database;
    private final UserAdministration users;
    private final AllTasks tasks;

    Departure(Database database, UserAdministration users, AllTasks tasks) {
        this.database = database;
        this.users = users;
        this.tasks = tasks;
    }

    void of(Caller caller, String userId) throws InterruptedException {
        users.lockOut(caller, userId);
        boolean ended = tasks.end(userId, PATIENCE);
        database.write(tx -> {
            if (!ended || AllTasks.anyOpen(tx, userId)) {
                throw Problem.CONFLICT.because(
                        "A task of this user is still ending; the user is signed out, try again in a moment");
            }
            tasks.remove(tx, userId);
            users.delete(tx, caller, userId);
            return userId;
        });
        tasks.sweep();
    }
}
