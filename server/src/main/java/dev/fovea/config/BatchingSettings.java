package dev.fovea.config;

import dev.fovea.config.binding.ByteSize;
import dev.fovea.config.binding.Key;
import java.time.Duration;

/** How requests to one model are batched and queued. */
public record BatchingSettings(
        @Key(
                value = "8",
                min = "1",
                max = "1024",
                text = "Max images in one batch, for models whose batch axis is dynamic.")
        int maxBatchSize,

        @Key(
                value = "0ms",
                min = "0ms",
                max = "10s",
                text =
                        "Max time that a batch that is not full waits for more requests, from its first request's arrival.")
        Duration maxQueueDelay,

        @Key(
                value = "100ms",
                min = "1ms",
                max = "10m",
                text = "Max measured latency of one batch. Batches that would take longer are made smaller.")
        Duration maxBatchLatency,

        @Key(
                value = "256",
                min = "1",
                max = "1000000",
                text = "Max images that wait for one model. More get 429 at once.")
        int maxQueueSize,

        @Key(value = "512MB", min = "1MB", max = "1000GB", text = "Max tensor bytes that wait for one model.")
        ByteSize maxQueueBytes,

        @Key(
                value = "5s",
                min = "1ms",
                max = "10m",
                text =
                        "Max expected wait, by the measured rate, with which a request is accepted. Others get 429 at once.")
        Duration queueTimeout) {}
