package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;

class ProcessIsolationTest extends LocalContract {

    ProcessIsolationTest() {
        super(Isolation.PROCESS);
    }
}
