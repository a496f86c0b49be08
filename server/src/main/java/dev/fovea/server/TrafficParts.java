package dev.fovea.server;

import dev.fovea.model.Sha256;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.PredictionStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The parts of a server that keep and watch its traffic. */
final class TrafficParts implements AutoCloseable {

    private static final int HASH_LENGTH = 16;

    private final Registry registry;
    private final BundleStore bundles;
    private final ConcurrentMap<VersionId, String> contracts = new ConcurrentHashMap<>();
    private final PredictionStream stream;

    TrafficParts(Registry registry, BundleStore bundles, Clock clock) {
        this.registry = registry;
        this.bundles = bundles;
        this.stream = PredictionStream.start(this::contract, clock);
    }

    /** Takes the responses. */
    PredictionStream stream() {
        return stream;
    }

    /** The hash of a version's preprocessing contract; a version has one for ever. */
    private String contract(VersionId version) {
        return contracts.computeIfAbsent(
                version,
                absent -> bundles.bundle(registry.version(version.model(), version.version())
                                .bundleId())
                        .manifest()
                        .contract()
                        .map(PreprocessingContractJson::write)
                        .map(json ->
                                Sha256.of(json.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH))
                        .orElse(""));
    }

    /** Gives what waits to those that keep it. */
    @Override
    public void close() {
        stream.close();
    }
}
