package dev.sesame.sandbox.fake;

/// What a fake sandbox does by itself from its start on, on a thread of its own. It ends when this returns, with
/// status 0 if nothing else was said.
@FunctionalInterface
public interface FakeProgram {
    /// Does nothing and doesn't end: the test does it all.
    FakeProgram SILENT = sandbox -> Thread.sleep(Long.MAX_VALUE);

    /// Interrupted when the sandbox is killed.
    void run(FakeSandbox sandbox) throws InterruptedException;
}
