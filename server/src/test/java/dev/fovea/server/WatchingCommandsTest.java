package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that watch models, given what they refuse: the error names the value and the remedy. */
class WatchingCommandsTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void register() {
        try (Application application = Application.open(directory.resolve("home"))) {
            TestModels models = new TestModels(application);
            models.promote(models.register("shirts", 1));
            models.register("shirts", 2);
        }
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home");
        all.add(directory.resolve("home").toString());
        return Run.of(all.toArray(String[]::new));
    }

    private void assertRefused(Run run, String... contained) {
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err()).contains(contained).doesNotContain("Exception", "java.");
    }

    @Test
    void shouldRefuseObjectivesThatAllowNothingOrContradictEachOther() {
        assertRefused(
                run("objectives", "set", "shirts", "--availability", "99.9999999999"),
                "\"availability\" is 99.9999999999 %; it must be 99.999 % or less");
        assertThat(run("objectives", "set", "shirts", "--p95", "500ms").exit()).isZero();
        assertRefused(run("objectives", "set", "shirts", "--p99", "10ms"), "\"p95\" is 500 ms and \"p99\" is 10 ms");
    }

    @Test
    void shouldSilenceOnlyForAWhileAndOnlyWhatThereIs() {
        assertRefused(
                run("alerts", "silence", "--for", "100000d", "--reason", "holidays"),
                "a silence lasts 366 days at most");
        Run unknown = run("alerts", "silence", "--model", "nosuch", "--for", "1h", "--reason", "x");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("No model is called \"nosuch\"");
        assertThat(run("alerts", "silence", "--for", "1h", "--reason", "x").out())
                .contains(": all alerts of the home.");
        assertThat(run("alerts", "silence", "--model", "shirts", "--kind", "drift", "--for", "1h", "--reason", "x")
                        .out())
                .contains(": alerts of the kind drift about shirts.");
    }

    @Test
    void shouldNameTheSyntaxThatStartsARollout() {
        assertThat(run("rollout", "resume", "shirts").err()).contains("Start one: fovea rollout start shirts@VERSION.");
        assertThat(run("rollout", "show", "shirts").err()).contains("Start one: fovea rollout start shirts@VERSION.");
    }

    @Test
    void shouldStopARolloutWithoutCallingItRolledBackAndExplainItsColumns() {
        assertThat(run("rollout", "start", "shirts@2").exit()).isZero();
        Run shown = run("rollout", "show", "shirts");
        assertThat(shown.out())
                .contains(
                        "Of candidates that are not worse, at most 5 % are.",
                        "Of candidates that are worse by the margin, at most 5 % are promoted.",
                        "nothing was seen of the candidate");
        assertThat(run("rollout", "stop", "shirts", "--reason", "too early").out())
                .contains("stopped: too early")
                .doesNotContain("rolled");
        assertThat(run("delete", "shirts@2").exit()).isZero();
    }

    @Test
    void shouldSayWhenAFixedTestIsShorterThanARollout() {
        Run power = Run.of("rollout", "power", "--rate", "0.02", "--margin", "0.01", "--per-day", "20000");
        assertThat(power.out())
                .contains(
                        "6,028",
                        "6,838",
                        "1.13 times the images",
                        "shows nothing in 20 % of cases",
                        "power of 84 % on");
    }
}
