package dev.fovea.pipeline.retention;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.monitoring.accuracy.LabelQueue;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowDifference;
import dev.fovea.serving.shadow.Shadows;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.KeptImageStore;
import dev.fovea.traffic.truth.PredictionLookup;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends images of traffic to labelling: those that a label plan drew, and those about which two versions differ. */
public final class LabelRequests implements LabelQueue {

    /** Differences that are sent at once. */
    public static final int MAX_DIFFERENCES = 500;

    private final Labelling labelling;
    private final KeptImageStore kept;
    private final PredictionLookup predictions;

    /** @param predictions the log, for the predictions of images that a shadow kept */
    public LabelRequests(Labelling labelling, KeptImageStore kept, PredictionLookup predictions) {
        this.labelling = labelling;
        this.kept = kept;
        this.predictions = predictions;
    }

    @Override
    public QueuedPicks send(String model, List<String> requests) {
        return send(model, requests, ChoiceReason.PLANNED);
    }

    private QueuedPicks send(String model, List<String> requests, ChoiceReason reason) {
        SortedMap<String, Set<ContentHash>> images = new TreeMap<>();
        Set<String> missing = new LinkedHashSet<>(requests);
        for (KeptImage image : kept.ofRequests(model, requests)) {
            images.computeIfAbsent(image.file().dataset(), absent -> new LinkedHashSet<>())
                    .add(ContentHash.parse(image.file().hash()));
            missing.remove(image.origin().request());
        }
        SortedMap<String, Integer> queued = new TreeMap<>();
        images.forEach(
                (dataset, hashes) -> queued.put(dataset, labelling.leases().first(dataset, hashes, reason)));
        return new QueuedPicks(queued, List.copyOf(missing));
    }

    /**
     * Sends the images with the greatest differences of a shadow.
     *
     * @param limit how many differences at most
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code SHADOW_UNKNOWN}, {@code ARGUMENT_INVALID}
     */
    public QueuedPicks sendDifferences(Shadows shadows, String model, int limit) {
        if (limit < 1 || limit > MAX_DIFFERENCES) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%d differences cannot be sent to labelling; give 1 to %d.".formatted(limit, MAX_DIFFERENCES));
        }
        Shadow shadow = shadows.status(model).shadow();
        List<ShadowDifference> differences = shadows.differences(model, limit, 0);
        note(shadow, differences);
        return send(model, differences.stream().map(ShadowDifference::requestId).toList(), ChoiceReason.SHADOW);
    }

    /** Images that the shadow kept get their lineage, so that their labels become truth. */
    private void note(Shadow shadow, List<ShadowDifference> differences) {
        Map<String, ShadowDifference> own = new HashMap<>();
        differences.stream()
                .filter(difference -> difference.image().isPresent())
                .forEach(difference -> own.put(difference.requestId(), difference));
        if (own.isEmpty() || shadow.images().isEmpty()) {
            return;
        }
        String dataset = shadow.images().get().dataset();
        predictions.find(shadow.model(), own.keySet(), prediction -> {
            ShadowDifference difference = own.remove(prediction.request().id());
            if (difference != null) {
                kept.keep(image(prediction, dataset, difference.image().orElseThrow()));
            }
        });
    }

    private static KeptImage image(LoggedPrediction prediction, String dataset, String hash) {
        ImageOrigin origin = ImageOrigin.of(prediction);
        return new KeptImage(
                ContentHash.ofText("shadow/%s/%s".formatted(origin.version().model(), origin.request()))
                        .toString(),
                KeepPart.first(origin.version().model(), LocalDate.ofInstant(origin.time(), ZoneOffset.UTC)),
                origin,
                Set.of(KeepReason.DIFFERENT),
                Optional.empty(),
                new KeptImage.KeptFile(dataset, hash, 0, Optional.empty()));
    }
}
