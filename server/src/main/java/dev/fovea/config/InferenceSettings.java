package dev.fovea.config;

import dev.fovea.config.binding.Key;
import java.time.Duration;

/** How a network is run. */
public record InferenceSettings(
        @Key(
                value = "1",
                min = "1",
                max = "256",
                text =
                        "Threads that work on one inference. 1 costs the least CPU per image. More shorten an inference while other cores are idle.")
        int threads,

        @Key(
                value = "false",
                text = "Whether idle inference threads spin. Shortens single inferences and keeps the cores busy.")
        boolean allowSpinning,

        @Key(
                computed = "number of cores",
                min = "1",
                max = "64",
                text =
                        "Instances per model: how many inferences of one model may run at once. With 1 thread each, they share the model's weights in memory.")
        int instances,

        @Key(
                value = "2m",
                min = "1s",
                max = "1d",
                text =
                        "Timeout for opening a network, and again for validating and warming it up. A version that takes longer is not served, and not loaded again until it is promoted or loaded by hand. One that fails for another reason is tried again after 10 s, then after twice as long each time, up to 5 minutes. Other commands read the environment variable, too.")
        Duration loadTimeout,

        @Key(
                value = "30s",
                min = "100ms",
                max = "1h",
                text = "An inference without progress for this long is abandoned, and its instance replaced.")
        Duration stallTimeout,

        @Key(
                value = "30s",
                min = "1ms",
                max = "1h",
                text = "Timeout of a request. A request that waited longer is dropped before inference and gets 504.")
        Duration requestTimeout,

        @Key(
                value = "5s",
                min = "1s",
                max = "1h",
                text =
                        "Interval of the background check of production models and the home. A model that responded since the last check is not run.")
        Duration healthCheckInterval,

        @Key(
                value = "20s",
                min = "0s",
                max = "1h",
                text = "Max time for tuning one version in the background, while no requests come. 0s disables it.")
        Duration tuningTimeout) {}
