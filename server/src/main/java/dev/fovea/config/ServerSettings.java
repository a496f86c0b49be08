package dev.fovea.config;

import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.serving.cache.CacheSettings;
import dev.fovea.storage.RedisSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the server runs; made by {@link SettingsReader}, which checks it.
 *
 * @param home where everything is kept
 * @param host address to bind
 * @param port of the API and the console; 0 takes a free one
 * @param managementPort of health and metrics; 0 takes a free one
 * @param grpcPort of the Open Inference Protocol over gRPC; 0 takes a free one
 * @param apiKeys any of which a request must carry; empty asks for none
 * @param dataRoots folders below which callers of the API may name data; empty allows data set ids only
 * @param rateLimit requests per second that each key may send; 0 limits nothing
 * @param runtime how models are run
 * @param cache how much of earlier answers is kept
 * @param redis where answers are shared with other processes, if anywhere
 * @param healthCheck how often production models and the home are checked in the background
 * @param maxConnections open connections on the API's port, and as many again over gRPC
 * @param headerTimeout the longest that the header of a request may take
 * @param maxRequestBytes the largest inference request, inflated
 * @param requestTimeout the longest a prediction may take
 * @param uploadGrace how long a body may dribble before its pace is looked at
 * @param tuneBudget how long tuning one version in the background may take; zero does without
 * @param stopDelay how long it goes on answering at a stop, unready already, so that balancers turn away first
 * @param drain the longest that requests in flight are waited for at a stop
 */
public record ServerSettings(
        Path home,
        String host,
        int port,
        int managementPort,
        int grpcPort,
        List<String> apiKeys,
        List<Path> dataRoots,
        int rateLimit,
        RuntimeSettings runtime,
        CacheSettings cache,
        Optional<RedisSettings> redis,
        Duration healthCheck,
        int maxConnections,
        Duration headerTimeout,
        int maxRequestBytes,
        Duration requestTimeout,
        Duration uploadGrace,
        Duration tuneBudget,
        Duration stopDelay,
        Duration drain) {

    public ServerSettings {
        apiKeys = List.copyOf(apiKeys);
        dataRoots = List.copyOf(dataRoots);
    }
}
