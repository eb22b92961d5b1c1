package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import org.junit.jupiter.api.Test;

class ProcessIsolationTest extends LocalContract {

    ProcessIsolationTest() {
        super(Isolation.PROCESS);
    }

    @Test
    void whatJoinedLivesNoLonger() {
        whatJoinedEndsWithTheOther();
    }
}
