package dev.fovea.config;

/** How models are served. Each component is a group of keys. */
public record ModelSettings(InferenceSettings inference, BatchingSettings batching, CachingSettings cache) {}
