package dev.fovea.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.RunStatus;
import dev.fovea.pipeline.run.RunSubject;
import dev.fovea.server.Application;
import dev.fovea.server.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea runs}. */
class RunsCommandTest {

    private static final String FIRST = "01KB6Z4T0GWN5J8Q2R7M3C9XYA";
    private static final String SECOND = "01KB6Z4T0GWN5J8Q2R7M3C9XYB";

    @TempDir
    private Path home;

    @BeforeEach
    void record() {
        try (Application application = Application.open(home)) {
            application.home().runs().save(run(FIRST, "shirts", 0.5, "mobilenet-v2"));
            application.home().runs().save(run(SECOND, "shoes", 0.75, "resnet-18"));
        }
    }

    private static RunRecord run(String id, String model, double accuracy, String backbone) {
        Instant start = Instant.parse("2026-11-20T10:00:00Z");
        return new RunRecord(
                id,
                new RunSubject(model, Optional.empty(), "cloth", "train-search", Optional.empty()),
                new RunStatus(RunStatus.RunState.DONE, start, Optional.of(start.plusSeconds(61)), ""),
                Map.of("backbone", backbone, "seed", "1"),
                Map.of("accuracy", accuracy),
                Map.of("cpu_cores", "2"),
                List.of());
    }

    @Test
    void runsAreListedNewestFirst() {
        String all = command("runs").out();
        String some = command("runs", "list", "--model", "shirts").out();

        assertThat(all.indexOf(SECOND)).isPositive().isLessThan(all.indexOf(FIRST));
        assertThat(all).contains("train-search", "61.0", "0.75");
        assertThat(some).contains(FIRST).doesNotContain(SECOND);
    }

    @Test
    void comparisonShowsAllMetricsAndTheSettingsThatDiffer() {
        String compared = command("runs", "compare", FIRST, SECOND).out();

        assertThat(compared)
                .containsPattern("metric accuracy +0.5 +0.75")
                .containsPattern("param backbone +mobilenet-v2 +resnet-18")
                .doesNotContain("seed", "cpu_cores");
    }

    @Test
    void aRunIsShownWithItsSettings() {
        assertThat(command("runs", "show", FIRST).out()).contains("backbone=mobilenet-v2", "seed=1");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(failing("runs", "show", "nothing")).contains("NOT_FOUND", "There is no run \"nothing\"");
        assertThat(failing("runs", "show", "shirts:3")).contains("NOT_FOUND", "registered version 3");
        assertThat(failing("runs", "compare", FIRST, FIRST)).contains("ARGUMENT_INVALID", "name one run twice");
        assertThat(failing("runs", "--limit", "0")).contains("ARGUMENT_INVALID", "from 1 to 500");
    }

    private Run command(String... arguments) {
        Run run = run(arguments);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private String failing(String... arguments) {
        Run run = run(arguments);
        assertThat(run.exit()).as(run.out()).isNotZero();
        return run.err();
    }

    private Run run(String... arguments) {
        return Run.of(Stream.concat(Arrays.stream(arguments), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
    }
}
