package dev.fovea.cli.demo;

import dev.fovea.model.Bundle;
import dev.fovea.monitoring.drift.HeldOutComparison;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.registry.VersionId;
import dev.fovea.server.ServingApplication;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.reference.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Compares the demo's traffic with the held-out images at once, where a server takes minutes together. Rows come from
 * the stream's thread; one other takes them.
 */
final class DemoWatch {

    private static final Duration LATEST = Duration.ofSeconds(10);

    private final ServingApplication application;
    private final BlockingQueue<LoggedPrediction> rows = new LinkedBlockingQueue<>();

    DemoWatch(ServingApplication application) {
        this.application = application;
        application.stream().subscribe("The demo", rows::addAll);
    }

    /** Forgets the rows so far. */
    void clear() {
        rows.clear();
    }

    /** How the next images of a version differ from those that it was judged on, the clearest first. */
    List<DriftAlarm.Finding> differences(VersionId version, int images) {
        Bundle bundle = application
                .home()
                .bundles()
                .bundle(application
                        .registry()
                        .version(version.model(), version.version())
                        .bundleId());
        return Reference.of(bundle)
                .map(reference -> {
                    ImageNumbers numbers = ImageNumbers.of(bundle.manifest(), Optional.of(reference));
                    HeldOutComparison comparison = HeldOutComparison.of(numbers, reference);
                    next(images).stream()
                            .filter(row -> row.version().equals(version))
                            .forEach(row -> comparison.add(1, numbers.of(row)));
                    return comparison.differences();
                })
                .orElse(List.of());
    }

    private List<LoggedPrediction> next(int count) {
        List<LoggedPrediction> next = new ArrayList<>();
        try {
            while (next.size() < count) {
                LoggedPrediction row = rows.poll(LATEST.toMillis(), TimeUnit.MILLISECONDS);
                if (row == null) {
                    break;
                }
                next.add(row);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next;
    }
}
