package dev.fovea.serving;

import dev.fovea.runtime.Deadline;
import java.util.Optional;

/**
 * What a caller asks.
 *
 * @param model the model's name
 * @param version a stated version, else the rollout chooses
 * @param key what keeps a caller on one side of a canary; the picture itself without one
 * @param picture the file's bytes
 * @param deadline after which nobody waits
 */
public record PredictionRequest(
        String model, Optional<Integer> version, Optional<String> key, byte[] picture, Deadline deadline) {}
