package dev.fovea.traffic.truth;

import java.time.Instant;
import java.util.Optional;

/**
 * A truth that was joined to a prediction of its request.
 *
 * @param request the request's id
 * @param version that predicted
 * @param contract its preprocessing contract, as in the prediction log
 * @param predicted when
 * @param right whether the predicted label is the true one; for detectors empty
 */
public record SettledTruth(String request, int version, String contract, Instant predicted, Optional<Boolean> right) {}
