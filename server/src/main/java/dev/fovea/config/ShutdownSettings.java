package dev.fovea.config;

import dev.fovea.config.binding.Key;
import java.time.Duration;

/** How the server stops. */
public record ShutdownSettings(
        @Key(
                value = "0s",
                min = "0s",
                max = "10m",
                text =
                        "How long the server still responds after it is told to stop, while readiness fails already, so that load balancers turn away first.")
        Duration readinessDelay,

        @Key(value = "30s", min = "0s", max = "1h", text = "Max time that a stop waits for requests in flight.")
        Duration drainTimeout) {}
