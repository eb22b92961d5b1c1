package dev.sesame.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The rules for the name of a branch: those of `git check-ref-format --branch`, and a length that fits a
/// request.
public final class BranchName {
    private static final int MAX_BYTES = 200;

    /// What no name may have anywhere, then what no component may begin or end with.
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//"
            + "|(^|/)\\.|\\.lock(/|$)|^[-/]|[./]$|^@$|^HEAD$|^refs/|\\p{Cs}");

    private BranchName() {}

    /// Returns the name as it is.
    ///
    /// @throws IllegalArgumentException if git wouldn't take it as a branch; the message says so plainly
    public static String check(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The name of the branch is empty");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("The name of the branch is longer than " + MAX_BYTES + " bytes");
        }
        if (FORBIDDEN.matcher(name).find()) {
            throw new IllegalArgumentException("Git allows no branch of this name");
        }
        return name;
    }
}
