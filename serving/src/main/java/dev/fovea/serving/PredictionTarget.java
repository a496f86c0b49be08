package dev.fovea.serving;

import java.util.Optional;

/**
 * Who is asked.
 *
 * @param model the model's name
 * @param version a stated version, else the rollout chooses
 * @param key what keeps a caller on one side of a canary; what is sent decides without one
 */
public record PredictionTarget(String model, Optional<Integer> version, Optional<String> key) {}
