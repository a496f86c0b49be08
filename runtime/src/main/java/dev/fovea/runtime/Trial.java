package dev.fovea.runtime;

/**
 * What a setting was measured to do.
 *
 * @param perSecond answers per second with as many callers as keep the machine busy
 * @param p50Millis median time of an answer under that load
 * @param p99Millis 99th percentile of it
 */
public record Trial(Setting setting, double perSecond, double p50Millis, double p99Millis) {}
