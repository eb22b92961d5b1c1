package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// The list of tasks of a user who has very many. They are put into the database while the server is down.
final class TaskList implements Measurement {
    private static final int TASKS = 100_000;
    private static final int WARM_UP = 300;
    private static final int REQUESTS = 1_000;

    @Override
    public String name() {
        return "task-list";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(Map.of())) {
            HttpUser user = server.admin();
            server.stop();
            fill(server);
            server.restart();
            return List.of(
                    figure("list of 50 among 100,000 tasks, p99", user, "/api/tasks?limit=50"),
                    figure("list of 50 completed among 100,000 tasks, p99", user, "/api/tasks?limit=50&status=completed"));
        }
    }

    private static Figure figure(String what, HttpUser user, String path) {
        var times = new Samples();
        for (int i = 0; i < WARM_UP + REQUESTS; i++) {
            long start = System.nanoTime();
            if (user.get(path).json().path("tasks").size() != 50) {
                throw new IllegalStateException("Not 50 tasks");
            }
            if (i >= WARM_UP) {
                times.add(System.nanoTime() - start);
            }
        }
        return Figure.atMost(what, times.millis(0.99), "ms", 20);
    }

    static void fill(SesameServer server) throws SQLException {
        try (Connection database = Stored.open(server);
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("""
                    INSERT INTO task (id, user_id, title, prompt, status, progress, agent, repository, base_branch, branch,
                        permission_mode, keep_alive, pull_request, attempt, start_mode, created_at, queued_at,
                        started_at, completed_at, updated_at, change_seq)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    SELECT 'task_filler' || i, (SELECT id FROM users), 'Task number ' || i, 'Do what number ' || i || ' says',
                        CASE i %% 3 WHEN 0 THEN 'failed' ELSE 'completed' END, 100, 'demo', 'team/app', 'main',
                        'sesame/task-filler' || i, 'auto', FALSE, 'none', 1, 'fresh', 1700000000000 + i, 1700000000000 + i,
                        1700000000000 + i, 1700000060000 + i, 1700000060000 + i, i
                    FROM n""".formatted(TASKS));
            statement.execute("DELETE FROM task_count");
            statement.execute("""
                    INSERT INTO task_count (user_id, status, tasks)
                    SELECT user_id, status, COUNT(*) FROM task GROUP BY user_id, status""");
            statement.execute("UPDATE users SET change_seq = " + TASKS);
            database.commit();
        }
    }
}
