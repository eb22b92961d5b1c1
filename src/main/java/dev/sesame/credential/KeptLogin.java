package dev.sesame.credential;

/// What became of a login that an agent left.
public enum KeptLogin {
    /// It is the user's login now, or was already.
    YES,
    /// The user's login is another by now: a newer one, or the user's own choice.
    ANOTHER_IS,
    /// It is no login.
    NO_LOGIN
}
