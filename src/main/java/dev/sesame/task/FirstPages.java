package dev.sesame.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sesame.db.Database;
import dev.sesame.http.Json;
import dev.sesame.task.Tasks.Page;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The first page of each user's list, as JSON. Clients ask for it again and again, mostly while nothing has changed;
/// so the latest ones are kept as they were rendered, each for as long as its user's sequence of changes stands, which
/// moves with all that a list shows ([TaskTable#change]). Safe from any thread; blocks.
final class FirstPages {
    private static final int KEPT = 100;
    /// In bytes; twice what a page of the default length usually has.
    private static final int LARGEST = 64 << 10;

    private final Database database;
    private final Map<Key, Kept> pages = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > KEPT;
        }
    });

    private record Key(String userId, int limit) {}

    private record Kept(long change, byte[] json) {}

    /// @param page null if the one that is kept still holds
    private record Found(long change, @Nullable Page page) {}

    FirstPages(Database database) {
        this.database = database;
    }

    byte[] get(String userId, int limit) {
        Key key = new Key(userId, limit);
        Kept kept = pages.get(key);
        Found found = database.read(tx -> {
            // Before the page: one that is newer than it says is only rendered once more.
            long change = TaskTable.lastChange(tx, userId);
            return kept != null && kept.change == change
                    ? new Found(change, null)
                    : new Found(
                            change, Page.of(TaskTable.newest(tx, userId, limit), TaskTable.count(tx, userId, null)));
        });
        if (kept != null && found.page == null) {
            return kept.json;
        }
        byte[] json = json(Objects.requireNonNull(found.page));
        if (json.length <= LARGEST) {
            pages.put(key, new Kept(found.change, json));
        }
        return json;
    }

    private static byte[] json(Page page) {
        try {
            return Json.MAPPER.writeValueAsBytes(page);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
