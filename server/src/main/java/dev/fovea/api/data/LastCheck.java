package dev.fovea.api.data;

import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.CheckRequest;
import java.util.Optional;

/** The newest finished check of a data set. */
public final class LastCheck {

    private static final int MAX_LISTED = 500;

    private final Jobs jobs;

    public LastCheck(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Its job. */
    Optional<Job> job(String dataset) {
        return jobs.recent(MAX_LISTED).stream()
                .filter(job -> job.request() instanceof CheckRequest check
                        && check.dataset().equals(dataset)
                        && job.state() instanceof JobState.Done)
                .findFirst();
    }

    /** What a check found. */
    DatasetFindings findings(Job job) {
        return JobJson.read(jobs.report(job.id()).orElseThrow(), DatasetFindings.class);
    }

    /** What the newest one found, if there is one. */
    public Optional<DatasetFindings> findings(String dataset) {
        return job(dataset).map(this::findings);
    }
}
