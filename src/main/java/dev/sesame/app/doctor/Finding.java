package dev.sesame.app.doctor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/// What an examination of one thing of the host came to.
///
/// @param name of the thing, for instance `git`
/// @param detail what is there, or what its absence means
/// @param remedy what to do; empty when there is nothing to do
/// @param fix does it, where Sesame can
record Finding(
        String name,
        State state,
        String detail,
        String remedy,
        @JsonIgnore Optional<Fix> fix) {

    enum State {
        OK,
        /// Not there, and Sesame does without: the detail says what can't be done then.
        OPTIONAL,
        /// Not there, and tasks need it.
        MISSING;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, "", Optional.empty());
    }

    static Finding optional(String name, String detail, String remedy) {
        return new Finding(name, State.OPTIONAL, detail, remedy, Optional.empty());
    }

    static Finding missing(String name, String detail, String remedy) {
        return new Finding(name, State.MISSING, detail, remedy, Optional.empty());
    }

    Finding with(Fix action) {
        return new Finding(name, state, detail, remedy, Optional.of(action));
    }

    boolean isFixable() {
        return state != State.OK && fix.isPresent();
    }
}
