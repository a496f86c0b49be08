package dev.fovea.serving.pool;

import dev.fovea.registry.RegisteredModel;
import java.util.OptionalInt;

/**
 * Where a model's traffic goes in this process.
 *
 * @param model as the registry had it when the route was made
 * @param production the version that answers, which lags the registry's while that one cannot be loaded; empty before
 *     the first
 */
record Route(RegisteredModel model, OptionalInt production) {}
