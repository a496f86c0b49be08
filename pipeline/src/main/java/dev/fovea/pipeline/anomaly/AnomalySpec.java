package dev.fovea.pipeline.anomaly;

import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.request.AnomalyRequest;
import dev.fovea.pipeline.request.PromotionPolicy;
import java.nio.file.Path;
import java.util.Map;

/**
 * A training of an anomaly detector.
 *
 * @param folder good images, and defects to judge it with
 * @param name of the model
 * @param backbone whose middle layers are compared
 * @param settings how to learn
 * @param promotion when to promote the version
 * @param note free text
 */
public record AnomalySpec(
        Path folder, String name, Backbone backbone, AnomalySettings settings, PromotionPolicy promotion, String note) {

    private static final long SEED = 0;

    /**
     * How to learn.
     *
     * @param falseAlarms the stated share of good images that score above the threshold
     * @param method of comparison
     * @param keepsUnusual whether good images that look anomalous themselves are learned from
     * @param seed of random choices
     */
    public record AnomalySettings(double falseAlarms, AnomalyMethod method, boolean keepsUnusual, long seed) {}

    /** All parameters that determine the result together with the backbone's layers, for lineage. */
    public Map<String, String> described() {
        return Map.of(
                "method", settings.method().toString(),
                "backbone", backbone.name(),
                "backbone_sha256", backbone.sha256(),
                "false_alarms", Double.toString(settings.falseAlarms()),
                "seed", Long.toString(settings.seed()));
    }

    /** The specification of a valid request. */
    public static AnomalySpec of(AnomalyRequest request, Backbone backbone) {
        return new AnomalySpec(
                Path.of(request.data()).toAbsolutePath(),
                request.model(),
                backbone,
                new AnomalySettings(
                        request.rate(),
                        AnomalyMethod.of(request.network().method()),
                        request.keepUnusual().orElse(false),
                        request.seed().orElse(SEED)),
                PromotionPolicy.of(request.promote()),
                request.note());
    }
}
