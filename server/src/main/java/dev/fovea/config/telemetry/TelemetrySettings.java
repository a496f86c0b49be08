package dev.fovea.config.telemetry;

/** What a server says about itself, and to whom. Each component is a group of keys. */
public record TelemetrySettings(LogSettings log, TracingSettings tracing, SentrySettings sentry) {}
