package dev.fovea.server;

import org.springframework.context.SmartLifecycle;

/** Starts the application before the web server takes requests. Its beans' destruction closes it. */
final class StartUp implements SmartLifecycle {

    private final ServingApplication application;
    private volatile boolean running;

    StartUp(ServingApplication application) {
        this.application = application;
    }

    @Override
    public void start() {
        application.start();
        running = true;
    }

    /** Nothing stops here: requests in flight still need everything. */
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
