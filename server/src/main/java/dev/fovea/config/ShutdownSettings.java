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
                        "Time between the signal to stop and the end of responses. Readiness fails meanwhile, so that load balancers choose other servers.")
        Duration readinessDelay,

        @Key(value = "30s", min = "0s", max = "1h", text = "Max time that a stop waits for requests in flight.")
        Duration drainTimeout) {}
