package dev.fovea.config;

import dev.fovea.config.telemetry.LogSettings;
import dev.fovea.config.telemetry.SentrySettings;
import dev.fovea.config.telemetry.TracingSettings;

/** What a server says about itself, and to whom. Each component is a group of keys. */
public record TelemetrySettings(LogSettings log, TracingSettings tracing, SentrySettings sentry) {}
