package dev.sesame.auth;

import java.util.Locale;
import java.util.regex.Pattern;

/// E-mail addresses: what we take for one, in the form by which accounts are found.
final class Email {
    private static final int LONGEST = 320;
    private static final Pattern SHAPE = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,62})\\.)+[A-Za-z]{2,63}");

    private Email() {}

    static String normal(String email) {
        if (email.length() > LONGEST || !SHAPE.matcher(email).matches()) {
            throw AuthError.INVALID_EMAIL.refusal();
        }
        return email.toLowerCase(Locale.ROOT);
    }
}
