package dev.sesame.agent.acp;

import dev.sesame.agent.wire.Capture;
import java.util.List;

class OpenCodeCaptureTest extends AcpCaptureContract {
    OpenCodeCaptureTest() {
        super(OpenCode.PROFILE);
    }

    static List<Capture> captures() {
        return Capture.of("opencode");
    }
}
