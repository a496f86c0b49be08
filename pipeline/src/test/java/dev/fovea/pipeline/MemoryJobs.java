package dev.fovea.pipeline;

import dev.fovea.pipeline.jobs.Job;
import dev.fovea.pipeline.jobs.JobState;
import dev.fovea.pipeline.jobs.JobStore;
import java.util.ArrayList;
import java.util.List;

/** Jobs that last as long as the test. */
public final class MemoryJobs implements JobStore {

    private final List<Job> jobs = new ArrayList<>();

    @Override
    public void add(Job job) {
        jobs.add(job);
    }

    @Override
    public boolean end(String id, JobState state) {
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).id().equals(id) && jobs.get(i).state() instanceof JobState.Running) {
                jobs.set(i, jobs.get(i).with(state));
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Job> running() {
        return jobs.stream()
                .filter(job -> job.state() instanceof JobState.Running)
                .toList();
    }

    @Override
    public List<Job> recent(int limit) {
        return jobs.reversed().stream().limit(limit).toList();
    }
}
