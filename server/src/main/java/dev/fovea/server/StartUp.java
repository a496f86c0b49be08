package dev.fovea.server;

import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.serving.pool.HealthCheck;
import dev.fovea.serving.pool.Reconciler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** What happens before the first request: interrupted jobs are reported, models are loaded and proved. */
final class StartUp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final Duration FOLLOW_EVERY = Duration.ofMillis(250);

    private final Jobs jobs;
    private final Reconciler reconciler;
    private final HealthCheck health;
    private final Runnable background;
    private volatile boolean running;

    StartUp(Jobs jobs, Reconciler reconciler, HealthCheck health, Runnable background) {
        this.jobs = jobs;
        this.reconciler = reconciler;
        this.health = health;
        this.background = background;
    }

    @Override
    public void start() {
        for (Job job : jobs.recover()) {
            LOG.warn(
                    "{} of {} was interrupted; to start it again: fovea jobs restart {}",
                    job.request().work(),
                    job.request().subject(),
                    job.id());
        }
        reconciler.start(FOLLOW_EVERY);
        health.start();
        background.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which starts in the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }
}
