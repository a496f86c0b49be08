package dev.fovea.traffic.retention;

import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedLabel;
import java.time.Instant;
import java.util.List;

/** Origins of tests. */
final class DrawnOrigins {

    private DrawnOrigins() {}

    static ImageOrigin origin(String request, Instant time) {
        return new ImageOrigin(new VersionId("shirts", 1), request, time, List.of(new LoggedLabel("hole", 0.5f)));
    }
}
