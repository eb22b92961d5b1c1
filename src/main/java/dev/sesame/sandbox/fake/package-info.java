/// Scripted sandboxes without any process, for tests: [FakeSandboxes] hands out [FakeSandbox]es, which a test (or a
/// [FakeProgram]) makes print and end as it likes, and which remember what they were told.
///
/// They keep the contract of [dev.sesame.sandbox.SandboxProvider], checked by the same test as the real ones, except
/// that a run lives no longer than its provider.
@NullMarked
package dev.sesame.sandbox.fake;

import org.jspecify.annotations.NullMarked;
