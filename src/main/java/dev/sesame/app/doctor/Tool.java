package dev.sesame.app.doctor;

/// What the host's package manager can add for us; the packages' names are in [Installer].
enum Tool {
    GIT,
    BUBBLEWRAP,
    /// `unshare` and `setpriv`
    UTIL_LINUX,
    NODE
}
