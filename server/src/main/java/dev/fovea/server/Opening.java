package dev.fovea.server;

import dev.fovea.config.Settings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Opens and starts the application on a thread of its own, while the framework starts on the caller's. Any thread may
 * wait for it.
 */
final class Opening {

    private final FutureTask<ServingApplication> task;

    private Opening(FutureTask<ServingApplication> task) {
        this.task = task;
    }

    /** Begins. */
    static Opening of(Settings settings) {
        FutureTask<ServingApplication> task = new FutureTask<>(() -> started(settings));
        Thread.ofPlatform().daemon().name("opening").start(task);
        return new Opening(task);
    }

    private static ServingApplication started(Settings settings) {
        ServingApplication application = ServingApplication.open(settings);
        try {
            application.start();
        } catch (RuntimeException | Error e) {
            application.close();
            throw e;
        }
        return application;
    }

    /**
     * The application with all production models loaded and validated; waits for it. The waiting thread owns it.
     *
     * @throws RuntimeException what the opening threw
     */
    ServingApplication application() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true; // what is being opened must be closed by its owner
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the application where nothing else will; closing it twice does nothing. */
    void abandon() {
        try {
            application().close();
        } catch (RuntimeException e) {
            // it was never open
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
