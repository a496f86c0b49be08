package dev.fovea.server;

import dev.fovea.api.traffic.TrafficViews;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.Home;
import dev.fovea.traffic.PredictionStream;
import dev.fovea.traffic.StreamCounts;
import dev.fovea.traffic.StreamedPrediction;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficLogStatus;
import dev.fovea.traffic.TrafficSettings;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The parts of a server that keep and watch its traffic. */
final class TrafficParts implements AutoCloseable {

    private final Registry registry;
    private final BundleStore bundles;
    private final ConcurrentMap<VersionId, String> contracts = new ConcurrentHashMap<>();
    private final TrafficLog log;
    private final PredictionStream stream;

    TrafficParts(Registry registry, Home home, TrafficSettings settings, Clock clock) {
        this.registry = registry;
        this.bundles = home.bundles();
        this.log = settings.log()
                ? home.production().traffic().write(settings, home.production().leases(), clock)
                : TrafficLog.NONE;
        this.stream = PredictionStream.start(this::contract, clock);
        stream.subscribe(
                "The prediction log",
                model -> false,
                batch -> log.append(batch.stream().map(StreamedPrediction::row).toList()));
    }

    /** Takes the responses. */
    PredictionStream stream() {
        return stream;
    }

    /** What was logged. */
    TrafficLog log() {
        return log;
    }

    /** What is missing of a model in the log of this server. */
    static TrafficViews.LossesView losses(ServingApplication application, String model) {
        TrafficLogStatus log = application.trafficLog().status();
        StreamCounts stream = application.stream().counts().get(model);
        return new TrafficViews.LossesView(
                stream == null ? 0 : stream.dropped(), log.lost().getOrDefault(model, 0L), log.problem());
    }

    /** The hash of a version's preprocessing contract; a version has one for ever. */
    private String contract(VersionId version) {
        return contracts.computeIfAbsent(
                version,
                absent -> bundles.bundle(registry.version(version.model(), version.version())
                                .bundleId())
                        .manifest()
                        .contractHash()
                        .orElse(""));
    }

    /** Gives what waits to those that keep it. */
    @Override
    public void close() {
        stream.close();
        log.close();
    }
}
