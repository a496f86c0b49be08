package dev.fovea.pipeline.detector;

import dev.fovea.datasets.Fractions;
import dev.fovea.model.Lineage;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.training.detection.DetectorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training of a detector.
 *
 * @param folder images with boxes, in one of the formats that are recognised
 * @param name of the model
 * @param backbone the network to start from
 * @param edge of the square input; empty for one that suits images and boxes
 * @param settings how to learn
 * @param split split fractions for a folder without splits; empty for the default
 * @param promotion when to promote the version
 * @param origin what else goes on record
 */
public record DetectorSpec(
        Path folder,
        String name,
        Backbone backbone,
        Optional<Integer> edge,
        DetectorSettings settings,
        Optional<Fractions> split,
        PromotionPolicy promotion,
        DetectorOrigin origin) {

    /**
     * What goes on record with a version.
     *
     * @param note free text
     * @param data the version of the curated data set; empty for a folder
     */
    public record DetectorOrigin(String note, Optional<String> data) {}

    /** All parameters that determine the result together with the images, for lineage. */
    public Map<String, String> described() {
        Map<String, String> described = new TreeMap<>(settings.describe());
        described.put("backbone", backbone.name());
        described.put("backbone_sha256", backbone.sha256());
        edge.ifPresent(pixels -> described.put("edge", Integer.toString(pixels)));
        origin.data().ifPresent(data -> described.put(Lineage.DATA, data));
        return described;
    }

    /**
     * The specification of a valid request.
     *
     * @param data the version of the curated data set; empty for a folder
     */
    public static DetectorSpec of(DetectorRequest request, Backbone backbone, Optional<String> data) {
        DetectorRequest.DetectorScheduleRequest schedule = request.schedule();
        DetectorSettings defaults = DetectorSettings.DEFAULT;
        return new DetectorSpec(
                Path.of(request.data()).toAbsolutePath(),
                request.model(),
                backbone,
                request.network().edge(),
                defaults.withTimeBudget(schedule.minutes()
                                .map(minutes -> Duration.ofMillis(Math.round(minutes * 60_000)))
                                .orElse(defaults.timeBudget()))
                        .withSeed(schedule.seed().orElse(defaults.seed()))
                        .withSteps(schedule.steps())
                        .with(new DetectorSettings.SceneAugmentation(
                                defaults.augmentation().mosaic(),
                                schedule.quarterTurns().orElse(false))),
                Optional.of(request.split()).filter(split -> !split.isEmpty()).map(Fractions::parse),
                PromotionPolicy.of(request.promote()),
                new DetectorOrigin(request.note(), data));
    }
}
