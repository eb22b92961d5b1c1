package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TourScreenTest {
    private static final List<String> EVENTS = List.of(
            "{'kind':'status','status':'processing','progress':0}",
            "{'kind':'status','status':'processing','progress':50,'phase':'running'}",
            "{'kind':'log','logType':'info','logMessage':'Isolation: full.'}",
            "{'kind':'thinking','messageId':'a','thinkingText':'Let me '}",
            "{'kind':'thinking','messageId':'a','thinkingText':'see.'}",
            "{'kind':'message','messageId':'b','textDelta':'One two three four five six seven eight nine ten '}",
            "{'kind':'message','messageId':'b','textDelta':'eleven twelve thirteen fourteen fifteen.'}",
            "{'kind':'tool_call','toolCall':{'callId':'1','name':'Bash','state':'pending','input':{'command':'ls'}}}",
            "{'kind':'permission_request','permissionRequest':{'title':'List the files'}}",
            "{'kind':'permission_response','permissionResponse':{'decision':'allow'}}",
            "{'kind':'tool_call','toolCall':{'callId':'1','name':'Bash','state':'running','input':{'command':'ls'}}}",
            "{'kind':'tool_result','toolResult':{'output':'a.txt\\nb.txt\\n','isError':false}}",
            "{'kind':'tool_call','toolCall':{'callId':'2','name':'Write','state':'running','input':{'path':'c.txt'}}}",
            "{'kind':'tool_result','toolResult':{'output':'no','isError':true}}",
            "{'kind':'error','errorCode':'x','errorMessage':'It broke'}",
            "{'kind':'done','status':'failed'}");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void showsEveryKindOfEventReadably() throws Exception {
        TourScreen screen = new TourScreen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        for (String event : EVENTS) {
            screen.event(new JsonMapper().readTree(event.replace('\'', '"')));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
              ┄┄┄┄┄┄┄┄┄┄   0 %  processing
              ━━━━━┄┄┄┄┄  50 %  running
              · Isolation: full.

              Let me see.

              One two three four five six seven eight nine ten eleven twelve thirteen\s
              fourteen fifteen.

              ? May it do that? List the files
              ! allow, said the tour by the API
              $ ls
              │ a.txt
              │ b.txt
              Write c.txt
              │ no
              ✗ It broke
              ✗ failed
            """);
    }

    @Test
    void coloursADiffOnlyOnATerminal() {
        new TourScreen(new PrintStream(bytes, true, StandardCharsets.UTF_8), true).diff("+a\n-b\n c\n");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("  \u001b[32m+a\u001b[0m\n  \u001b[31m-b\u001b[0m\n  \u001b[2m c\u001b[0m\n");
        bytes.reset();
        new TourScreen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false).diff("+a\n");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("  +a\n");
    }
}
