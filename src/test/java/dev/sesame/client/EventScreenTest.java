package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventScreenTest {
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

    private final StringWriter shown = new StringWriter();

    @Test
    void showsEveryKindOfEventReadably() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), false);
        for (String event : EVENTS) {
            screen.event(new JsonMapper().readTree(event.replace('\'', '"')));
        }
        assertThat(shown.toString()).isEqualTo("""
              ┄┄┄┄┄┄┄┄┄┄   0 %  processing
              ━━━━━┄┄┄┄┄  50 %  running
              · Isolation: full.

              Let me see.

              One two three four five six seven eight nine ten eleven twelve thirteen\s
              fourteen fifteen.

              ? May it do that? List the files
              ! allow
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
    void namesWhatACallIsAboutHoweverTheAgentCallsIt() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), false);
        for (String call : List.of(
                "{'name':'Read','state':'running','input':{'file_path':'/workspace/a.txt'}}",
                "{'name':'shell','state':'running','input':{'command':['ls','-l']}}",
                "{'name':'Grep','state':'running','input':{'pattern':'TODO','limit':3}}",
                "{'name':'TodoWrite','state':'running','input':{'todos':[]}}")) {
            String event = "{'kind':'tool_call','toolCall':" + call + "}";
            screen.event(new JsonMapper().readTree(event.replace('\'', '"')));
        }
        assertThat(shown).hasToString("  Read /workspace/a.txt\n  $ ls -l\n  Grep TODO\n  TodoWrite\n");
    }

    @Test
    void nothingThatAnAgentSaysSteersTheTerminal() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), false);
        String evil = "\\u001b]0;title\\u0007\\u001b[31mred\\u001b[0m \\u001bc\\u009b2J\\r\\u202e";
        for (String event : List.of(
                "{'kind':'message','messageId':'m','textDelta':'" + evil + "'}",
                "{'kind':'tool_result','toolResult':{'output':'" + evil + "'}}",
                "{'kind':'log','logMessage':'" + evil + "'}",
                "{'kind':'error','errorMessage':'" + evil + "'}",
                "{'kind':'permission_request','permissionRequest':{'title':'" + evil + "'}}",
                "{'kind':'tool_call','toolCall':{'state':'running','name':'" + evil + "','input':{}}}",
                "{'kind':'later','value':'" + evil + "'}")) {
            screen.event(new JsonMapper().readTree(event.replace('\'', '"')));
        }
        screen.title(new JsonMapper().readTree('"' + evil + '"').asText());
        screen.diff(new JsonMapper().readTree('"' + evil + '"').asText());
        assertThat(shown.toString()).contains("red ␛c").doesNotContain("\u202e");
        assertThat(shown.toString().codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Test
    void coloursADiffOnlyOnATerminal() {
        new EventScreen(new PrintWriter(shown), true).diff("+a\n-b\n c\n");
        assertThat(shown.toString())
                .isEqualTo("  \u001b[32m+a\u001b[0m\n  \u001b[31m-b\u001b[0m\n  \u001b[2m c\u001b[0m\n");
        shown.getBuffer().setLength(0);
        new EventScreen(new PrintWriter(shown), false).diff("+a\n");
        assertThat(shown.toString()).isEqualTo("  +a\n");
    }
}
