package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.Job;
import dev.fovea.pipeline.jobs.JobJournal;
import dev.fovea.pipeline.jobs.JobOwner;
import dev.fovea.pipeline.jobs.JobState;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class JobJournalTest {

    @Parameter
    private Pair pair;

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private JobJournal journal;

    @BeforeEach
    void choose() {
        settings = pair.in(directory);
        open();
    }

    private void open() {
        home = Home.open(settings, "0.1.0");
        journal = new JobJournal(home.jobs(), JobOwner.current(), InstantSource.fixed(NOON));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void shouldKeepWhatCameOut() {
        int images = journal.run("ingest", "/data/shirts", () -> 540, count -> count + " images");
        assertThat(images).isEqualTo(540);
        assertThat(journal.recent(5)).singleElement().satisfies(job -> {
            assertThat(job.kind()).isEqualTo("ingest");
            assertThat(job.subject()).isEqualTo("/data/shirts");
            assertThat(job.started()).isEqualTo(NOON);
            assertThat(job.state()).isEqualTo(new JobState.Done(NOON, "540 images"));
        });
    }

    @Test
    void shouldKeepWhyItFailed() {
        FoveaException failure = new FoveaException(ErrorCode.TRAINING_FAILED, "the loss is not a number");
        assertThatThrownBy(() -> journal.run("train", "shirts", () -> fail(failure), Object::toString))
                .isSameAs(failure);
        assertThat(journal.recent(1))
                .extracting(Job::state)
                .containsExactly(new JobState.Failed(NOON, "TRAINING_FAILED: the loss is not a number"));
    }

    @Test
    void shouldBeOnRecordAsRunningWhileItWorks() {
        journal.run("train", "shirts", () -> home.jobs().running(), running -> {
            assertThat(running).extracting(Job::state).containsExactly(new JobState.Running());
            return "looked";
        });
        assertThat(home.jobs().running()).isEmpty();
    }

    @Test
    void shouldLeaveLiveAndForeignOwnersAlone() {
        JobOwner self = JobOwner.current();
        home.jobs().add(job("1", self));
        home.jobs().add(job("2", new JobOwner("another-machine", self.pid(), 1)));
        home.jobs().add(job("3", new JobOwner(self.host(), self.pid(), self.started() - 60_000)));
        assertThat(journal.recover()).extracting(Job::id).containsExactly("3");
        assertThat(home.jobs().running()).extracting(Job::id).containsExactly("1", "2");
    }

    @Test
    void shouldEndOnlyOnce() {
        home.jobs().add(job("1", JobOwner.current()));
        assertThat(home.jobs().end("1", new JobState.CutOff(NOON, "gone"))).isTrue();
        assertThat(home.jobs().end("1", new JobState.Done(NOON, "late"))).isFalse();
        assertThat(journal.recent(1)).extracting(Job::state).containsExactly(new JobState.CutOff(NOON, "gone"));
    }

    private static Job job(String id, JobOwner owner) {
        return new Job(id, "train", "shirts", new JobState.Running(), NOON, owner);
    }

    private static Object fail(RuntimeException failure) {
        throw failure;
    }
}
