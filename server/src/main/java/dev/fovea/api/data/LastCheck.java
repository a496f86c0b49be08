package dev.fovea.api.data;

import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.CheckRequest;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The newest finished check of a data set. */
public final class LastCheck {

    private static final int MAX_LISTED = 500;

    private final Jobs jobs;

    public LastCheck(Jobs jobs) {
        this.jobs = jobs;
    }

    /** A finished check and what it found. */
    record FinishedCheck(Job job, DatasetFindings findings) {}

    /** The newest one. A report that another version of the program wrote counts as none. */
    Optional<FinishedCheck> of(String dataset) {
        return jobs.recent(MAX_LISTED).stream()
                .filter(job -> job.request() instanceof CheckRequest check
                        && check.dataset().equals(dataset)
                        && job.state() instanceof JobState.Done)
                .flatMap(job -> read(job).stream())
                .findFirst();
    }

    /** What the newest one found, if there is one. */
    public Optional<DatasetFindings> findings(String dataset) {
        return of(dataset).map(FinishedCheck::findings);
    }

    private Optional<FinishedCheck> read(Job job) {
        try {
            return jobs.report(job.id())
                    .map(report -> new FinishedCheck(job, JobJson.read(report, DatasetFindings.class)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
