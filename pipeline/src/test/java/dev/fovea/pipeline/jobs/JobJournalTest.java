package dev.fovea.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.MemoryJobs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobJournalTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final MemoryJobs store = new MemoryJobs();
    private final JobOwner self = JobOwner.current();
    private final JobJournal journal = new JobJournal(store, self, InstantSource.fixed(NOW));

    @Test
    void shouldKeepWorkOnRecordWhileItRunsAndWithWhatItEnded() {
        String result = journal.run(
                "import",
                "shirts",
                () -> {
                    assertThat(store.running()).singleElement().satisfies(job -> {
                        assertThat(job.kind()).isEqualTo("import");
                        assertThat(job.subject()).isEqualTo("shirts");
                        assertThat(job.owner()).isEqualTo(self);
                    });
                    return "done";
                },
                made -> "made " + made);
        assertThat(result).isEqualTo("done");
        assertThat(journal.recent(5)).extracting(Job::state).containsExactly(new JobState.Done(NOW, "made done"));
    }

    @Test
    void shouldRecordWhyWorkFailedAndThrowItOn() {
        assertThatThrownBy(() -> failing(new FoveaException(ErrorCode.MODEL_CORRUPT, "cut short")))
                .hasMessage("cut short");
        assertThatThrownBy(() -> failing(new OutOfMemoryError("heap"))).hasMessage("heap");
        assertThat(journal.recent(5))
                .extracting(Job::state)
                .containsExactly(
                        new JobState.Failed(NOW, "java.lang.OutOfMemoryError: heap"),
                        new JobState.Failed(NOW, "MODEL_CORRUPT: cut short"));
    }

    private void failing(Throwable failure) {
        journal.run(
                "train",
                "shirts",
                () -> {
                    switch (failure) {
                        case RuntimeException e -> throw e;
                        case Error e -> throw e;
                        default -> throw new AssertionError(failure);
                    }
                },
                Object::toString);
    }

    @Test
    void shouldCutOffOnlyTheJobsWhoseProcessIsGoneAndReportEachOnce() {
        JobOwner recycled = new JobOwner(self.host(), self.pid(), self.started() - 1_000_000);
        JobOwner dead = new JobOwner(self.host(), Long.MAX_VALUE, 1);
        JobOwner elsewhere = new JobOwner(self.host() + "-2", Long.MAX_VALUE, 1);
        int number = 0;
        for (JobOwner owner : List.of(self, recycled, dead, elsewhere)) {
            store.add(new Job("job-" + number++, "train", "shirts", new JobState.Running(), NOW, owner));
        }
        assertThat(journal.recover()).extracting(Job::id).containsExactly("job-1", "job-2");
        assertThat(journal.recover()).isEmpty();
        assertThat(store.running()).extracting(Job::id).containsExactly("job-0", "job-3");
    }
}
