package dev.fovea.api.view;

import dev.fovea.fault.ErrorCode;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobResult;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.JobStep;
import dev.fovea.pipeline.request.JobRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API shows of jobs; field names become snake_case. */
public final class JobViews {

    private JobViews() {}

    /** The newest jobs. */
    @Schema(name = "JobList")
    public record JobList(List<JobView> jobs) {}

    /** A job. */
    @Schema(name = "Job")
    public record JobView(
            String id,

            @Schema(description = "Paths outside of datasets.roots are shown by their last name only")
            JobRequest request,

            @Schema(allowableValues = {"queued", "running", "done", "failed", "cancelled", "interrupted"})
            String state,

            JobTimes times,

            @Schema(description = "Where it is, or was when it ended")
            JobStep step,

            @Schema(description = "Of a queued job: 1 for the one that runs next")
            Optional<Integer> queuePosition,

            @Schema(description = "Of a job that is done") Optional<JobResult> result,

            @Schema(description = "Of a job that failed") Optional<JobFailure> failure) {

        /**
         * The view of a job.
         *
         * @param shown its request as the caller may see it
         * @param queue ids of the queued jobs in their order
         */
        public static JobView of(Job job, JobRequest shown, List<String> queue) {
            return new JobView(
                    job.id(),
                    shown,
                    job.state().word(),
                    new JobTimes(
                            job.times().created(),
                            job.times().started(),
                            job.times().ended()),
                    job.step(),
                    Optional.of(queue.indexOf(job.id()) + 1)
                            .filter(position -> position > 0 && job.state() instanceof JobState.Queued),
                    job.state() instanceof JobState.Done(JobResult result) ? Optional.of(result) : Optional.empty(),
                    job.state() instanceof JobState.Failed(ErrorCode code, String message)
                            ? Optional.of(new JobFailure(code, message))
                            : Optional.empty());
        }
    }

    /** When things happened. */
    @Schema(name = "JobTimes")
    public record JobTimes(Instant createdAt, Optional<Instant> startedAt, Optional<Instant> endedAt) {}

    /** Why a job failed. */
    @Schema(name = "JobFailure")
    public record JobFailure(ErrorCode code, String message) {}

    /** A job with everything that it found out. */
    @Schema(name = "JobDetails")
    public record JobDetails(
            JobView job,

            @Schema(
                    description =
                            "Of a job that is done: of quantize a QuantizationReport; of train-search the candidates (search) and why none clears the bar (diagnosis); of diagnose the findings and the learning curve; of tune the trials; of cascade the plan; of the others null",
                    implementation = Map.class)
            Optional<JsonNode> report) {}
}
