package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"main", "feature/x", "sesame/task-0a1b", "v1.2", "a-b_c", "zweig-ä", "@x", "a@b", "HEADS"})
    void whatGitTakesIsTaken(String name) {
        assertThat(BranchName.check(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-x",
                "--upload-pack=sh",
                "/x",
                "x/",
                "x//y",
                ".x",
                "x/.y",
                "x..y",
                "x.",
                "x.lock",
                "x.lock/y",
                "@",
                "x@{1}",
                "HEAD",
                "refs/heads/x",
                "a b",
                "a~1",
                "a^",
                "a:b",
                "a?",
                "a*",
                "a[",
                "a\\b",
                "a\nb",
                "a\0b",
                "a\u007f",
                "a\ud800",
                ":x",
                "+x:y"
            })
    void whatGitRefusesIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> BranchName.check(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 65_536})
    void whatIsTooLongIsRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BranchName.check("x".repeat(length)))
                .withMessage("The name of the branch is longer than 200 bytes");
    }
}
