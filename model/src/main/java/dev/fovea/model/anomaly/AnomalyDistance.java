package dev.fovea.model.anomaly;

/** How far the features of a place are from those of good images. */
public sealed interface AnomalyDistance permits PlaceGaussians, MemoryBank {}
