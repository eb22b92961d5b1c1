package dev.sesame.github;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What GitHub answered before, to be asked for only if it changed: such a question costs nothing of the rate limit.
/// Keeps those used last. Safe from any thread.
final class PageCache {
    private static final int MOST = 1_000;

    private final Map<Key, Page<?>> pages = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Page<?>> eldest) {
            return size() > MOST;
        }
    };

    /// @param token hashed: what one token may see another may not
    record Key(String token, String url) {}

    /// @param content as it was read
    /// @param next the address of the page after it
    record Page<T>(String etag, T content, Optional<String> next) {}

    synchronized Optional<Page<?>> find(Key key) {
        return Optional.ofNullable(pages.get(key));
    }

    synchronized void put(Key key, Page<?> page) {
        pages.put(key, page);
    }
}
