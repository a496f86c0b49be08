package dev.fovea.api;

import dev.fovea.api.view.JobViews;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.DataRoots;
import dev.fovea.pipeline.request.JobRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Long work: trainings, imports, quantizations, evaluations, tunings and cascade plans, of all processes. */
@RestController
public final class JobsController {

    private static final int MAX_LISTED = 500;

    private final Jobs jobs;
    private final JobWork work;
    private final DataRoots roots;
    private final JobEvents events;

    public JobsController(Jobs jobs, JobWork work, DataRoots roots, JobEvents events) {
        this.jobs = jobs;
        this.work = work;
        this.roots = roots;
        this.events = events;
    }

    @PostMapping("/v1/jobs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "submitJob",
            summary =
                    "Put a job in the queue: train, train-anomaly, train-detector, train-multi-task, import, quantize, evaluate, tune, cascade or check",
            description =
                    "Queued jobs run one after the other; queue_position says which is next. Poll the job by its id until its state is neither queued nor running, or read its events.")
    JobViews.JobView submit(@RequestBody JobRequest request) {
        request.validate();
        return view(jobs.submit(work.resolved(request.withPaths(roots))));
    }

    @GetMapping("/v1/jobs")
    @Operation(operationId = "listJobs", summary = "The newest jobs of servers and commands, without their reports")
    JobViews.JobList list(
            @Parameter(description = "Jobs to list, 1 to 500") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d; it must be from 1 to %d.".formatted(limit, MAX_LISTED));
        }
        List<String> queue = jobs.queue();
        return new JobViews.JobList(
                jobs.recent(limit).stream().map(job -> view(job, queue)).toList());
    }

    @GetMapping("/v1/jobs/{id}")
    @Operation(operationId = "getJob", summary = "How far a job has come, its result and its report")
    JobViews.JobDetails one(@PathVariable String id) {
        return new JobViews.JobDetails(view(jobs.job(id)), jobs.report(id).map(JobJson::tree));
    }

    @DeleteMapping("/v1/jobs/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a queued job, or end a running one at its next step; nothing of it is registered")
    JobViews.JobView cancel(@PathVariable String id) {
        return view(jobs.cancel(id));
    }

    @PostMapping("/v1/jobs/{id}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "restartJob", summary = "Put a job with the same request in the queue")
    JobViews.JobView restart(@PathVariable String id) {
        return submit(jobs.job(id).request());
    }

    @GetMapping(path = "/v1/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "watchJob",
            summary = "The job each time that it changes, as server-sent events, until it ends",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(type = "string"))))
    void watch(@PathVariable String id, HttpServletResponse response) throws IOException {
        Job job = jobs.job(id);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-cache");
        events.write(job, this::view, response.getOutputStream());
    }

    private JobViews.JobView view(Job job) {
        return view(job, job.state() instanceof JobState.Queued ? jobs.queue() : List.of());
    }

    private JobViews.JobView view(Job job, List<String> queue) {
        return JobViews.JobView.of(job, roots.shown(job.request()), queue);
    }
}
