package dev.fovea.config;

import dev.fovea.config.telemetry.TelemetrySettings;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.storage.HomeSettings;
import java.nio.file.Path;

/**
 * The configuration, read and checked by {@link SettingsReader}. A group of keys is a record; to add one, make it a
 * component of one of these.
 *
 * @param home where everything is kept
 * @param network {@code server.*}, {@code auth.*}, {@code limits.*}, {@code shutdown.*}
 * @param models {@code inference.*}, {@code batching.*}, {@code cache.*}
 * @param storage {@code database.*}, {@code blobs.*}, {@code datasets.*}, {@code traffic.*}
 * @param telemetry {@code log.*}, {@code tracing.*}, {@code sentry.*}
 */
public record Settings(
        Path home,
        NetworkSettings network,
        ModelSettings models,
        StorageSettings storage,
        TelemetrySettings telemetry) {

    /** Where rows and files are. */
    public HomeSettings homeSettings() {
        return new HomeSettings(
                home, storage.database().postgres(), storage.blobs().s3());
    }

    public ServerSettings server() {
        return network.server();
    }

    public AuthSettings auth() {
        return network.auth();
    }

    public LimitSettings limits() {
        return network.limits();
    }

    public ShutdownSettings shutdown() {
        return network.shutdown();
    }

    public InferenceSettings inference() {
        return models.inference();
    }

    public CachingSettings cache() {
        return models.cache();
    }

    public DatasetSettings datasets() {
        return storage.datasets();
    }

    public PredictionLogSettings traffic() {
        return storage.traffic();
    }

    /**
     * What {@code inference.*}, {@code batching.*}, {@code limits.*} and {@code traffic.measures} say about running a
     * model.
     */
    public RuntimeSettings runtime() {
        InferenceSettings inference = models.inference();
        BatchingSettings batching = models.batching();
        RuntimeSettings settings = new RuntimeSettings(
                new SessionSettings(inference.threads(), inference.allowSpinning(), inference.loadTimeout()),
                new BatchSettings(
                        batching.maxBatchSize(),
                        batching.maxQueueDelay(),
                        batching.maxBatchLatency(),
                        inference.instances(),
                        new BatchSettings.Bounds(
                                batching.maxQueueSize(),
                                batching.maxQueueBytes().bytes(),
                                batching.queueTimeout(),
                                inference.stallTimeout())),
                limits().image());
        return traffic().measures() ? settings : settings.unobserved();
    }
}
