package dev.sesame.app.doctor;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// `doctor --fix`: puts right what can be put right, each thing after saying what and asking.
///
/// @param manager of this host, if it is one that we know
/// @param root whether we may install without `sudo`
/// @param agreed asks whether to do what the text says
/// @param run runs a command on the terminal and returns its exit status
/// @param say tells the user
record Repair(
        Optional<Installer> manager,
        boolean root,
        Predicate<String> agreed,
        Function<List<String>, Integer> run,
        Consumer<String> say) {

    /// Whether all that was agreed to worked.
    boolean repair(List<Finding> findings) {
        Set<Tool> tools = EnumSet.noneOf(Tool.class);
        boolean good = true;
        for (Finding finding : findings) {
            if (finding.isFixable()) {
                switch (finding.fix().orElseThrow()) {
                    case Fix.Install(Tool tool) -> tools.add(tool);
                    case Fix.Run(var action) -> good &= perform(finding, action);
                }
            }
        }
        return (tools.isEmpty() || install(tools)) && good;
    }

    private boolean perform(Finding finding, Consumer<Consumer<String>> action) {
        if (agreed.test(finding.remedy())) {
            try {
                action.accept(say);
            } catch (RuntimeException e) {
                say.accept(finding.remedy() + " failed: " + e.getMessage());
                return false;
            }
        }
        return true;
    }

    private boolean install(Set<Tool> tools) {
        if (manager.isEmpty()) {
            say.accept("This host has no package manager that Sesame knows; install by hand: " + tools);
            return false;
        }
        List<List<String>> commands = manager.get().commands(tools, root);
        commands.forEach(command -> say.accept("  " + String.join(" ", command)));
        if (!agreed.test("run this")) {
            return true;
        }
        for (List<String> command : commands) {
            int status = run.apply(command);
            if (status != 0) {
                say.accept(String.join(" ", command) + " ended with " + status);
                return false;
            }
        }
        return true;
    }
}
