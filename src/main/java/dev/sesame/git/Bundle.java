package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header of a `git bundle`, read by ourselves: git before 2.46 does not check the objects of a bundle that
/// it fetches, whatever `fetch.fsckObjects` says, so the pack behind the header goes to `git index-pack
/// --strict`. Format: `gitformat-bundle`, versions 2 and 3.
///
/// @param tip the commit of its only ref
record Bundle(String tip) {
    private static final int MAX_HEADER_LINES = 10_000;
    private static final int MAX_LINE = 4_096;
    private static final Pattern SIGNATURE = Pattern.compile("# v[23] git bundle");
    private static final Pattern PREREQUISITE = Pattern.compile("-[0-9a-f]{40,64}( .*)?");
    private static final Pattern CAPABILITY = Pattern.compile("@object-format=(sha1|sha256)");
    private static final Pattern REF = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64}) \\S+");

    /// Reads up to the first byte of the pack.
    ///
    /// @throws GitException `BUNDLE_INVALID`
    static Bundle readHeader(InputStream in) throws IOException {
        require(SIGNATURE.matcher(readLine(in)).matches(), "it is no git bundle");
        String tip = "";
        for (int lines = 0; lines < MAX_HEADER_LINES; lines++) {
            String line = readLine(in);
            if (line.isEmpty()) {
                require(!tip.isEmpty(), "it names no commit");
                return new Bundle(tip);
            }
            if (!PREREQUISITE.matcher(line).matches()
                    && !CAPABILITY.matcher(line).matches()) {
                Matcher ref = REF.matcher(line);
                require(ref.matches() && tip.isEmpty(), "its header has something unexpected");
                tip = ref.group(1);
            }
        }
        throw invalid("its header does not end");
    }

    static GitException invalid(String why) {
        return new GitException(Reason.BUNDLE_INVALID, "The work of the agent can't be taken over: " + why);
    }

    private static void require(boolean condition, String why) {
        if (!condition) {
            throw invalid(why);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            require(b >= 0 && line.size() < MAX_LINE, "its header does not end");
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
