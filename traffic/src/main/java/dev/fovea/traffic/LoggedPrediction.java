package dev.fovea.traffic;

import dev.fovea.registry.VersionId;
import dev.fovea.serving.RequestDetails;
import java.time.Instant;

/**
 * One prediction of one image: a row of the log. A request that escalates to another model of this process has a row
 * for each version that predicted, with the same request id.
 *
 * @param request of the caller
 * @param time of the response, in microseconds
 * @param version that predicted; number {@value #NO_VERSION} for a remote service or a default response
 * @param contract the hash of the preprocessing contract, in hexadecimal
 * @param output what was predicted
 * @param image what was seen of the image
 * @param times where the time went
 * @param routing why this version predicted
 */
public record LoggedPrediction(
        RequestDetails request,
        Instant time,
        VersionId version,
        String contract,
        PredictedOutput output,
        LoggedImage image,
        ResponseTimes times,
        LoggedRouting routing) {

    /** Stands for the version of what has none; rows with it are logged, but no consumer gets them. */
    public static final int NO_VERSION = 0;

    /** Whether a version of a model of this registry predicted. */
    public boolean hasVersion() {
        return version.version() != NO_VERSION;
    }
}
