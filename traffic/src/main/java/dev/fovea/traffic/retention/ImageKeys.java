package dev.fovea.traffic.retention;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedPrediction;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The keys of images, for the reasons of a policy. Thread-safe. */
final class ImageKeys {

    private final Function<VersionId, Optional<Novelty>> references;
    private final ConcurrentMap<VersionId, Optional<Novelty>> novelties = new ConcurrentHashMap<>();

    /** @param references what is usual for a version; called once for each */
    ImageKeys(Function<VersionId, Optional<Novelty>> references) {
        this.references = references;
    }

    /** The keys of an image; a reason that says nothing of it has none. */
    Map<KeepReason, Double> of(KeepPolicy policy, LoggedPrediction row) {
        Map<KeepReason, Double> keys = new EnumMap<>(KeepReason.class);
        for (KeepReason reason : policy.perDay().keySet()) {
            double key = switch (reason) {
                case RANDOM -> KeepKeys.random(row.request().id(), row.time());
                case UNCERTAIN -> KeepKeys.certainty(row.output());
                case NOVEL -> -novelty(row);
                case DIFFERENT -> Double.NaN;
            };
            if (!Double.isNaN(key)) {
                keys.put(reason, key);
            }
        }
        return keys;
    }

    private double novelty(LoggedPrediction row) {
        return novelties
                .computeIfAbsent(row.version(), this::reference)
                .map(novelty -> novelty.distance(row.image().observed().embedding()))
                .orElse(Double.NaN);
    }

    /** A version whose reference cannot be read has none. */
    private Optional<Novelty> reference(VersionId version) {
        try {
            return references.apply(version);
        } catch (FoveaException e) {
            System.getLogger(ImageKeys.class.getName())
                    .log(System.Logger.Level.WARNING, "No novel images of {0} are kept: {1}", version, e.getMessage());
            return Optional.empty();
        }
    }
}
