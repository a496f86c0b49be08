package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.JobStep;
import dev.fovea.pipeline.queue.JobStore;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.EvaluateRequest;
import dev.fovea.pipeline.request.JobRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class JobsTest {

    @Parameter
    private Pair pair;

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final JobRequest REQUEST = new EvaluateRequest("shirts", Optional.of(2), "images");

    @TempDir
    private Path directory;

    private Home home;
    private Jobs jobs;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
        jobs = new Jobs(home.jobs(), JobOwner.current(), InstantSource.fixed(NOON));
    }

    @AfterEach
    void close() {
        jobs.close();
        home.close();
    }

    private String run(Jobs.Work<String> work) {
        return jobs.run(REQUEST, Models.SILENT, work, result -> Models.OUTCOME);
    }

    private Job newest() {
        return jobs.recent(1).getFirst();
    }

    @Test
    void shouldRecordRunningJobAndItsResult() {
        String result = run(progress -> {
            assertThat(newest().state()).isInstanceOf(JobState.Running.class);
            assertThat(newest().times().started()).contains(NOON);
            progress.at("images", 0.5, Optional.empty(), "3 of 6");
            return "done";
        });
        assertThat(result).isEqualTo("done");
        Job job = newest();
        assertThat(job.request()).isEqualTo(REQUEST);
        assertThat(job.state()).isEqualTo(new JobState.Done(Models.OUTCOME.result()));
        assertThat(job.step()).isEqualTo(new JobStep("images", 0.5, "3 of 6"));
        assertThat(job.times().ended()).contains(NOON);
        assertThat(jobs.report(job.id())).isEqualTo(Models.OUTCOME.report());
    }

    @Test
    void shouldRecordWhyWorkFailedAndThrowItOn() {
        assertThatThrownBy(() -> run(progress -> {
                    throw new FoveaException(ErrorCode.DATASET_INVALID, "no image");
                }))
                .hasMessage("no image");
        assertThat(newest().state()).isEqualTo(new JobState.Failed(ErrorCode.DATASET_INVALID, "no image"));
        assertThatThrownBy(() -> run(progress -> {
                    throw new OutOfMemoryError("heap");
                }))
                .hasMessage("heap");
        assertThat(newest().state())
                .isEqualTo(new JobState.Failed(
                        ErrorCode.INTERNAL, "The job failed because of a fault in the program. See the log."));
    }

    @Test
    void shouldRefuseAContradictingRequestAndKeepNothing() {
        JobRequest nameless = new EvaluateRequest("", Optional.empty(), "");
        assertThatThrownBy(() -> jobs.submit(nameless)).hasMessageContaining("\"model\" is missing");
        assertThat(jobs.recent(9)).isEmpty();
    }

    @Test
    void shouldEndAtItsNextStepWhenItIsCancelled() {
        assertThatThrownBy(() -> run(progress -> {
                    Job job = jobs.cancel(newest().id());
                    assertThat(job.state())
                            .isInstanceOfSatisfying(
                                    JobState.Running.class,
                                    running -> assertThat(running.cancelling()).isTrue());
                    progress.at("images", 0.5, Optional.empty(), "");
                    return "never";
                }))
                .hasMessageContaining("cancelled");
        assertThat(newest().state()).isEqualTo(new JobState.Cancelled());
        assertThatThrownBy(() -> jobs.cancel(newest().id()))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        assertThatThrownBy(() -> jobs.cancel("none")).hasMessageContaining("There is no job \"none\"");
    }

    @Test
    void shouldBeCancelledByAnotherProcess() {
        JobStore other = home.jobs();
        assertThatThrownBy(() -> run(progress -> {
                    assertThat(other.cancel(newest().id(), NOON)).isTrue();
                    await().pollInSameThread()
                            .until(
                                    () -> { // the lease is renewed within a second
                                        progress.at("images", 0.5, Optional.empty(), "");
                                        return false;
                                    });
                    return "never";
                }))
                .hasMessageContaining("cancelled");
        assertThat(newest().state()).isEqualTo(new JobState.Cancelled());
    }

    @Test
    void shouldRunQueuedJobsInOrderAndSkipCancelledOnes() {
        Job first = jobs.submit(REQUEST);
        Job second = jobs.submit(REQUEST);
        Job third = jobs.submit(REQUEST);
        assertThat(jobs.cancel(second.id()).state()).isEqualTo(new JobState.Cancelled());
        assertThat(jobs.runNext((request, progress) -> Models.OUTCOME)).isTrue();
        assertThat(jobs.job(first.id()).state()).isInstanceOf(JobState.Done.class);
        assertThat(jobs.runNext((request, progress) -> {
                    throw new FoveaException(ErrorCode.TRAINING_FAILED, "not a number");
                }))
                .isTrue();
        assertThat(jobs.job(third.id()).state())
                .isEqualTo(new JobState.Failed(ErrorCode.TRAINING_FAILED, "not a number"));
        assertThat(jobs.runNext((request, progress) -> Models.OUTCOME)).isFalse();
    }

    @Test
    void shouldGiveEachQueuedJobToOneWorkerOnly() throws Exception {
        for (int i = 0; i < 8; i++) {
            jobs.submit(REQUEST);
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> counts = IntStream.range(0, 4)
                    .mapToObj(i -> workers.submit(() -> {
                        int ran = 0;
                        while (jobs.runNext((request, progress) -> Models.OUTCOME)) {
                            ran++;
                        }
                        return ran;
                    }))
                    .toList();
            int total = 0;
            for (Future<Integer> count : counts) {
                total += count.get();
            }
            assertThat(total).isEqualTo(8);
        }
        assertThat(jobs.recent(9))
                .hasSize(8)
                .allSatisfy(job -> assertThat(job.state()).isInstanceOf(JobState.Done.class));
    }

    @Test
    void shouldRefuseMoreQueuedJobsThanMayWait() {
        for (int i = 0; i < 100; i++) {
            jobs.submit(REQUEST);
        }
        assertThatThrownBy(() -> jobs.submit(REQUEST))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    @Test
    void shouldInterruptOnlyTheJobsWhoseProcessIsGoneAndReportEachOnce() {
        JobOwner self = JobOwner.current();
        home.jobs().add(running("1", self, NOON.minusSeconds(3600)));
        home.jobs().add(running("2", new JobOwner("another-machine", self.pid(), 1), NOON.plusSeconds(1)));
        home.jobs().add(running("3", new JobOwner("another-machine", self.pid(), 1), NOON.minusSeconds(1)));
        home.jobs().add(running("4", new JobOwner(self.host(), self.pid(), self.started() - 60_000), NOON));
        home.jobs().add(running("5", new JobOwner(self.host(), Long.MAX_VALUE, 1), NOON.plusSeconds(60)));
        Job queued = jobs.submit(REQUEST);
        assertThat(jobs.recover()).extracting(Job::id).containsExactly("3", "4", "5");
        assertThat(jobs.recover()).isEmpty();
        assertThat(jobs.job("4").state()).isEqualTo(new JobState.Interrupted());
        assertThat(home.jobs().open()).extracting(Job::id).containsExactly(queued.id(), "1", "2");
    }

    @Test
    void shouldEndAsInterruptedWhenItsProcessStops() {
        CompletableFuture<String> id = new CompletableFuture<>();
        assertThatThrownBy(() -> run(progress -> {
                    id.complete(newest().id());
                    jobs.interrupt();
                    progress.at("images", 0.5, Optional.empty(), "");
                    return "never";
                }))
                .hasMessageContaining("interrupted");
        assertThat(jobs.job(id.join()).state()).isEqualTo(new JobState.Interrupted());
    }

    @Test
    void shouldEndOnlyOnce() {
        home.jobs().add(running("1", JobOwner.current(), NOON));
        assertThat(home.jobs().end("1", new JobState.Interrupted(), NOON, Optional.empty()))
                .isTrue();
        assertThat(home.jobs().end("1", new JobState.Done(Models.OUTCOME.result()), NOON, Optional.empty()))
                .isFalse();
        assertThat(jobs.job("1").state()).isEqualTo(new JobState.Interrupted());
    }

    @Test
    void shouldKeepTheNewestJobsAndAllThatHaveNotEnded() {
        home.jobs().add(running("0", JobOwner.current(), NOON));
        for (int i = 0; i < 5; i++) {
            run(progress -> "done");
        }
        home.jobs().prune(2);
        assertThat(jobs.recent(9)).hasSize(3).last().extracting(Job::id).isEqualTo("0");
    }

    private static Job running(String id, JobOwner owner, Instant lease) {
        return new Job(
                id,
                REQUEST,
                new Job.Times(NOON, Optional.of(NOON), Optional.empty()),
                new JobState.Running(owner, lease, false),
                JobStep.NONE);
    }

    @Test
    void shouldSayWhichJobRunsNextAndKeepTheQueueOverARestart() {
        Job first = jobs.submit(REQUEST);
        Job second = jobs.submit(REQUEST);
        Job third = jobs.submit(REQUEST);
        assertThat(jobs.queue()).containsExactly(first.id(), second.id(), third.id());
        jobs.cancel(second.id());
        try (Jobs restarted = new Jobs(home.jobs(), JobOwner.current(), InstantSource.fixed(NOON))) {
            assertThat(restarted.queue()).containsExactly(first.id(), third.id());
        }
    }

    @Test
    void shouldQueueTheJobAgainThatTheEndOfAServerInterrupts() {
        Job first = jobs.submit(REQUEST);
        Job second = jobs.submit(REQUEST);
        boolean ran = jobs.runNext((request, progress) -> {
            jobs.interrupt();
            progress.at("train", 0.5, Optional.empty(), "epoch 2");
            throw new IllegalStateException("it goes on after it was interrupted");
        });
        assertThat(ran).isTrue();
        assertThat(jobs.queue()).containsExactly(first.id(), second.id());
        assertThat(jobs.job(first.id()).times().started()).isEmpty();
        assertThat(jobs.job(first.id()).step()).isEqualTo(JobStep.NONE);
    }
}
