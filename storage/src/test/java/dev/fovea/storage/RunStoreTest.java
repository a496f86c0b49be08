package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.JobResult;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.JobStep;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.EvaluateRequest;
import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.pipeline.run.RunStatus;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.pipeline.run.RunStore.RunFilter;
import dev.fovea.pipeline.run.RunSubject;
import dev.fovea.pipeline.run.TrainingRuns;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class RunStoreTest {

    private static final RunFilter ALL = new RunFilter(Optional.empty(), Optional.empty());
    private static final RunFilter SHIRTS = new RunFilter(Optional.of("shirts"), Optional.empty());

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private RunStore store;
    private TrainingRuns runs;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
        store = home.runs();
        runs = new TrainingRuns(store, home.jobs());
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static RunSubject subject(String model, String job) {
        return new RunSubject(model, Optional.empty(), "images@1f", "train", Optional.of(job));
    }

    private static RunRecord run(String id, String model, Optional<Integer> version) {
        return new RunRecord(
                id,
                new RunSubject(model, version, "images", "train", Optional.empty()),
                new RunStatus(
                        RunStatus.RunState.DONE, Instant.parse("2026-11-30T08:00:00Z"), Optional.of(Instant.now()), ""),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of());
    }

    private ModelVersion version() {
        return new Registry(home.models(), InstantSource.system()).register(Models.registration("shirts", ""), "ada");
    }

    @Test
    void shouldHaveOnRecordWhatATrainingMeasuredAndRegistered() {
        RunRecording recording =
                RunRecording.begin(store, subject("shirts", "01J"), Map.of("seed", "7"), Map.of("cpu_cores", "2"));
        ModelVersion version = version();

        recording.during(
                () -> {
                    recording.point(MetricCurve.TRAIN_LOSS, new MetricPoint(3, 1, 1.5, 0.25));
                    recording.point(MetricCurve.TRAIN_LOSS, new MetricPoint(6, 1, 2.5, Double.NaN));
                    recording.metric("memory_peak_mb", 812);
                    return version;
                },
                registered -> registered);

        RunRecord found = runs.run(runs.newest(SHIRTS, 1).getFirst().id());
        assertThat(found.status().state()).isEqualTo(RunStatus.RunState.DONE);
        assertThat(found.subject()).isEqualTo(subject("shirts", "01J").withVersion(version.number()));
        assertThat(found.params())
                .containsEntry("seed", "7")
                .containsAllEntriesOf(version.lineage().settings());
        assertThat(found.metrics())
                .containsEntry("memory_peak_mb", 812.0)
                .containsAllEntriesOf(version.registration().quality().metrics());
        assertThat(found.curves())
                .containsExactly(new MetricCurve(MetricCurve.TRAIN_LOSS, List.of(new MetricPoint(3, 1, 1.5, 0.25))));
    }

    @Test
    void shouldSayWhyATrainingFailed() {
        RunRecording recording = RunRecording.begin(store, subject("shirts", "01J"), Map.of(), Map.of());
        assertThatThrownBy(() -> recording.during(
                        () -> {
                            throw new FoveaException(ErrorCode.TRAINING_FAILED, "Out of memory.");
                        },
                        _ -> version()))
                .isInstanceOf(FoveaException.class);
        RunStatus status = runs.newest(RunFilter.ofJob("01J"), 5).getFirst().status();
        assertThat(status.state()).isEqualTo(RunStatus.RunState.FAILED);
        assertThat(status.message()).isEqualTo("TRAINING_FAILED: Out of memory.");
        assertThat(status.ended()).isPresent();
    }

    @Test
    void shouldListTheNewestFirstAndKeepThoseWithAVersionWhenItPrunes() {
        for (String id : List.of("01A", "01B", "01C", "01D")) {
            store.save(run(
                    id, id.equals("01D") ? "shoes" : "shirts", Optional.of(1).filter(_ -> id.equals("01A"))));
        }
        assertThat(store.newest(SHIRTS, 2)).extracting(RunRecord::id).containsExactly("01C", "01B");
        store.prune(1);
        assertThat(store.newest(ALL, 9)).extracting(RunRecord::id).containsExactly("01D", "01A");
        assertThat(store.find("01C")).isEmpty();
    }

    @Test
    void shouldCallARunInterruptedWhenItsJobIsGoneOrWasInterrupted() {
        RunRecording _ = RunRecording.begin(store, subject("shirts", "forgotten"), Map.of(), Map.of());
        assertThat(runs.newest(ALL, 1).getFirst().status().state()).isEqualTo(RunStatus.RunState.INTERRUPTED);

        try (Jobs jobs = new Jobs(home.jobs(), JobOwner.current(), InstantSource.system())) {
            jobs.run(
                    new EvaluateRequest("shirts", Optional.empty(), ""),
                    (step, fraction, remaining, detail) -> {},
                    progress -> {
                        String job = progress.job().orElseThrow();
                        RunRecording _ = RunRecording.begin(store, subject("shirts", job), Map.of(), Map.of());
                        assertThat(runs.newest(RunFilter.ofJob(job), 1)
                                        .getFirst()
                                        .status()
                                        .state())
                                .isEqualTo(RunStatus.RunState.RUNNING);
                        home.jobs().end(job, new JobState.Interrupted(), Instant.now(), Optional.empty());
                        assertThat(runs.newest(RunFilter.ofJob(job), 1)
                                        .getFirst()
                                        .status()
                                        .state())
                                .isEqualTo(RunStatus.RunState.INTERRUPTED);
                        return JobStep.NONE;
                    },
                    _ -> new JobOutcome(
                            new JobResult(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                            Optional.empty()));
        }
    }

    @Test
    void shouldGoWithItsVersion() {
        store.save(run("01A", "shirts", Optional.of(1)));
        store.save(run("01B", "shirts", Optional.of(2)));
        version();
        version();
        new VersionDeletion(new Registry(home.models(), InstantSource.system()), home.leftovers())
                .unregister("shirts", 1, "ada", "");
        assertThat(store.newest(ALL, 9)).extracting(RunRecord::id).containsExactly("01B");
    }
}
