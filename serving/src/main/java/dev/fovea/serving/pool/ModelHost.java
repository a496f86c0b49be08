package dev.fovea.serving.pool;

import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.tuning.Tunings;

/**
 * What models run on; owned by the program.
 *
 * @param settings for models that were never tuned here
 * @param workers decode and preprocess images
 * @param tunings the best settings found, by model and machine
 * @param machine this one, in words that stay the same as long as it does
 */
public record ModelHost(Engine engine, RuntimeSettings settings, DecodePool workers, Tunings tunings, String machine) {}
