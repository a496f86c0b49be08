package dev.fovea.monitoring;

import dev.fovea.registry.VersionId;
import java.util.List;
import java.util.Optional;

/** Observations and a clock for tests. */
final class Observations {

    static final VersionId SHIRTS_1 = new VersionId("shirts", 1);

    private Observations() {}

    static Observation predicted(VersionId id, String label, double confidence, double totalMillis) {
        long total = Math.round(totalMillis * 1e6);
        StageNanos nanos = new StageNanos(total / 4, total / 8, total / 16, total / 2, total / 32, total);
        return new Observation(
                id,
                new RequestOutcome.RequestSucceeded(
                        List.of(new RequestOutcome.PredictedLabel(label, confidence)),
                        nanos,
                        Optional.of(new RequestOutcome.ReceivedImage(640, 480, "JPEG")),
                        RequestOutcome.Cache.NOT_USED));
    }
}
