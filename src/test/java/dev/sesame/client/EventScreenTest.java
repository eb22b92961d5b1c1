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

    private static final EventScreen.Style PLAIN = new EventScreen.Style(true, false, false);

    private final StringWriter shown = new StringWriter();

    @Test
    void showsEveryKindOfEventReadably() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), PLAIN);
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
        EventScreen screen = new EventScreen(new PrintWriter(shown), PLAIN);
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
    void keepsWordsWholeOnATerminalAndLinesElsewhere() throws Exception {
        String url = "https://github.com/owner/repository/pull/12345";
        String text = "One two three four five six seven eight nine ten, then " + url + " and more.\n\n::end::";
        EventScreen terminal = new EventScreen(new PrintWriter(shown), PLAIN);
        say(terminal, text);
        assertThat(shown.toString().lines().map(String::stripTrailing))
                .containsExactly(
                        "",
                        "  One two three four five six seven eight nine ten, then",
                        "  " + url + " and more.",
                        "",
                        "  ::end::",
                        "",
                        "  ✓ completed");
        shown.getBuffer().setLength(0);
        say(new EventScreen(new PrintWriter(shown), new EventScreen.Style(false, false, false)), text);
        assertThat(shown.toString())
                .isEqualTo("\n  One two three four five six seven eight nine ten, then " + url
                        + " and more.\n\n  ::end::\n\n  ✓ completed\n");
    }

    private void say(EventScreen screen, String text) throws Exception {
        for (int i = 0; i < text.length(); i += 7) {
            String part = text.substring(i, Math.min(text.length(), i + 7));
            screen.event(new JsonMapper()
                    .createObjectNode()
                    .put("kind", "message")
                    .put("messageId", "m")
                    .put("textDelta", part));
        }
        show(screen, "{'kind':'done','status':'completed'}");
    }

    @Test
    void givesNoOrdersToACiSystem() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), new EventScreen.Style(false, false, true));
        for (String delta : List.of(" :", ":add-mask::x", "\\na #", "#[error]b ##vso[c ##teamcity[d", "\\n::debug::")) {
            show(screen, "{'kind':'message','messageId':'m','textDelta':'" + delta + "'}");
        }
        show(screen, "{'kind':'later','value':'##[group]'}");
        assertThat(shown.toString()).doesNotContainPattern("(?m)^\\s*::|##(\\[|vso|teamcity)");
        assertThat(shown.toString().replace("\u200b", "")).contains("  ::add-mask::x\n  a ##[error]b ##vso[c");
    }

    @Test
    void aMessageGoesOnAfterANoteBesideIt() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), PLAIN);
        show(screen, "{'kind':'message','messageId':'m','textDelta':'One two'}");
        screen.endLine();
        show(screen, "{'kind':'message','messageId':'m','textDelta':' three'}");
        screen.endLine();
        assertThat(shown.toString().replaceAll(" +\n", "\n")).isEqualTo("\n  One two\n   three\n");
    }

    @Test
    void saysWhatIsAskedForInTheAgentsWordsAndWhatItWouldDo() throws Exception {
        assertThat(asked("{'title':'List files','toolName':'Bash','input':{'command':'ls'}}"))
                .isEqualTo("List files ($ ls)");
        assertThat(asked("{'toolName':'Bash','input':{'command':'rm -rf /'}}")).isEqualTo("$ rm -rf /");
        assertThat(asked("{'title':'May I?','toolName':'ask'}")).isEqualTo("May I? (ask)");
        assertThat(asked("{'title':null,'toolName':'Write','input':{'file_path':'a'}}"))
                .isEqualTo("Write a");
    }

    private static String asked(String request) throws Exception {
        return EventScreen.asked(new JsonMapper().readTree(request.replace('\'', '"')));
    }

    private static void show(EventScreen screen, String event) throws Exception {
        screen.event(new JsonMapper().readTree(event.replace('\'', '"')));
    }

    @Test
    void nothingThatAnAgentSaysSteersTheTerminal() throws Exception {
        EventScreen screen = new EventScreen(new PrintWriter(shown), PLAIN);
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
        new EventScreen(new PrintWriter(shown), new EventScreen.Style(true, true, false)).diff("+a\n-b\n c\n");
        assertThat(shown.toString())
                .isEqualTo("  \u001b[32m+a\u001b[0m\n  \u001b[31m-b\u001b[0m\n  \u001b[2m c\u001b[0m\n");
        shown.getBuffer().setLength(0);
        new EventScreen(new PrintWriter(shown), PLAIN).diff("+a\n");
        assertThat(shown.toString()).isEqualTo("  +a\n");
    }
}
