package dev.sesame.app.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How packages are installed on the hosts we know, and what they are called there.
enum Installer {
    APT_GET("apt-get", "apt-get install -y --no-install-recommends"),
    DNF("dnf", "dnf install -y"),
    PACMAN("pacman", "pacman -S --noconfirm --needed"),
    ZYPPER("zypper", "zypper --non-interactive install"),
    APK("apk", "apk add"),
    BREW("brew", "brew install");

    private final String program;
    private final String install;

    Installer(String program, String install) {
        this.program = program;
        this.install = install;
    }

    /// The first that this host has.
    static Optional<Installer> ofThisHost() {
        return Arrays.stream(values())
                .filter(installer -> HostProgram.find(installer.program).isPresent())
                .findFirst();
    }

    /// The commands that install the tools, to be run in order; with `sudo` in front unless we are root or the
    /// manager wants none.
    List<List<String>> commands(Set<Tool> tools, boolean root) {
        Set<String> packages = new TreeSet<>();
        tools.forEach(tool -> packages.addAll(packages(tool)));
        List<List<String>> commands = new ArrayList<>();
        if (this == APT_GET) {
            commands.add(words("apt-get -qq update", root));
        }
        commands.add(words(install + " " + String.join(" ", packages), root));
        return commands;
    }

    private List<String> packages(Tool tool) {
        return switch (tool) {
            case GIT -> List.of("git");
            case BUBBLEWRAP -> List.of("bubblewrap");
            case UTIL_LINUX -> List.of("util-linux");
            case NODE -> this == BREW ? List.of("node") : List.of("nodejs", "npm");
        };
    }

    private List<String> words(String command, boolean root) {
        return List.of((root || this == BREW ? command : "sudo " + command).split(" "));
    }
}
