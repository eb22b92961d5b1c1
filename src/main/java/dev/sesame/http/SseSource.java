package dev.sesame.http;

import java.util.List;

/// Where the frames of one stream come from: a place in something that grows. The stream asks for more whenever its
/// client can take more, so a slow client costs a place and never a queue.
///
/// [#poll] is called on the event loop and must not block; [#load] and [#over] are called on virtual threads. Never two
/// of them at a time for one source. [#onMore] and [#close] are called once.
public interface SseSource extends AutoCloseable {

    /// @param frames server-sent events as bytes, in order; shared, never changed
    /// @param perhapsLast whether [#over] should be asked after them
    /// @param load whether [#load] would have more now
    record Batch(List<byte[]> frames, boolean perhapsLast, boolean load) {}

    /// What is at hand, roughly so many bytes; empty when nothing is.
    Batch poll(int maxBytes);

    /// What has to be fetched, roughly so many bytes.
    Batch load(int maxBytes);

    /// Remembers whom to call, from any thread, when there may be more; that call does not block.
    void onMore(Runnable listener);

    /// Whether all has been handed out and nothing more can come.
    boolean over();

    @Override
    void close();
}
