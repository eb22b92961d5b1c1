package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;

/// Nothing holds those who leave the command's session: that is not promised here.
class PlainIsolationTest extends LocalContract {

    PlainIsolationTest() {
        super(Isolation.NONE);
    }

    @Override
    String fleeing(String word) {
        return "";
    }
}
