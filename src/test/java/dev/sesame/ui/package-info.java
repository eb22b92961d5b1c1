/// The web UI as people use it: a real Chromium against the built server and the demo agent. `Chromium` opens pages,
/// `Looks` checks how they look. Screenshots of every page are left in `target/screenshots`.
@NullMarked
package dev.sesame.ui;

import org.jspecify.annotations.NullMarked;
