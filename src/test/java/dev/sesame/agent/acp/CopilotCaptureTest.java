package dev.sesame.agent.acp;

import dev.sesame.agent.wire.Capture;
import java.util.List;

class CopilotCaptureTest extends AcpCaptureContract {
    CopilotCaptureTest() {
        super(Copilot.PROFILE);
    }

    static List<Capture> captures() {
        return Capture.of("copilot");
    }
}
