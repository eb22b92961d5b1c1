package dev.sesame.agent.acp;

import dev.sesame.agent.wire.Capture;
import java.util.List;

class GeminiCaptureTest extends AcpCaptureContract {
    GeminiCaptureTest() {
        super(Gemini.PROFILE);
    }

    static List<Capture> captures() {
        return Capture.of("gemini");
    }
}
