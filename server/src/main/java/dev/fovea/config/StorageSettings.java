package dev.fovea.config;

/** Where data is. Each component is a group of keys. */
public record StorageSettings(
        DatabaseSettings database, BlobSettings blobs, DatasetSettings datasets, PredictionLogSettings traffic) {}
