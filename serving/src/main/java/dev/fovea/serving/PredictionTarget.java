package dev.fovea.serving;

import java.util.Optional;

/**
 * The requested model.
 *
 * @param model the model's name
 * @param version a stated version, else the rollout chooses
 * @param key keeps a caller on one version of a canary; without it the image decides
 */
public record PredictionTarget(String model, Optional<Integer> version, Optional<String> key) {}
