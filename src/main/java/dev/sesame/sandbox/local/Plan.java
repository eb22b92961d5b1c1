package dev.sesame.sandbox.local;

import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxException;
import java.util.regex.Pattern;

/// What the launcher's inmost shell does before it becomes the command, as shell text. It carries the environment,
/// secrets included, and so goes through pipes only.
final class Plan {
    /// The inmost shell's own words; the plan comes on descriptor 3, the command as its arguments.
    static final String SHELL = "p=; while IFS= read -r l; do p=\"$p$l\n\"; done <&3; eval \"$p\"; exit 125";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    private Plan() {}

    /// @param asInit the shell is its PID namespace's init: it stays, to reap what the command orphans
    static String text(SandboxCommand command, boolean asInit) {
        var text = new StringBuilder("cd " + quoted(command.workingDirectory()) + " || exit 126\n");
        text.append("unset LC_ALL OLDPWD\numask 022\n");
        if (!command.environment().containsKey("PATH")) {
            text.append("export PATH=" + DEFAULT_PATH + "\n");
        }
        command.environment().forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new SandboxException("\"" + name + "\" is no name for an environment variable");
            }
            text.append("export " + name + "=" + quoted(value) + "\n");
        });
        text.append(asInit ? "(exec 3<&-; exec \"$@\")\nexit $?\n" : "exec 3<&-\nexec \"$@\"\n");
        return text.append("# complete\n").toString();
    }

    private static String quoted(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new SandboxException("A NUL character can't be part of a command's environment or directory");
        }
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
