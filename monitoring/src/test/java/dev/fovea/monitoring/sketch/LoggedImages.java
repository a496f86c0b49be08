package dev.fovea.monitoring.sketch;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedImage;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.ResponseTimes;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Rows of the prediction log with drawn measures: what images of a factory's cameras could have. */
public final class LoggedImages {

    public static final VersionId VERSION = new VersionId("shirts", 1);
    public static final List<String> LABELS = List.of("hole", "none", "tear");

    private LoggedImages() {}

    /**
     * A row.
     *
     * @param light factor of the brightness
     */
    public static LoggedPrediction row(Instant time, String id, double light, RandomGenerator random) {
        double exposure = 1 + 0.15 * random.nextGaussian();
        double texture = random.nextGaussian();
        String camera = "camera " + random.nextInt(4);
        InputMeasures measures = new InputMeasures(
                new InputTones(
                        120 * exposure * light,
                        50 + 5 * texture,
                        0.01 * random.nextDouble(),
                        0.02 * random.nextDouble()),
                new InputColors(30 + 4 * random.nextGaussian(), 0.3 + 0.05 * random.nextGaussian()),
                new InputDetail(
                        Math.exp(6 + 0.5 * texture),
                        1 + 0.2 * Math.abs(random.nextGaussian()),
                        1 + 0.05 * random.nextDouble()),
                new InputFile(
                        ImageFormat.JPEG,
                        640,
                        480,
                        40_000 + (int) (5_000 * texture) + random.nextInt(3_000),
                        OptionalInt.of(90 + random.nextInt(3)),
                        Optional.of(camera)));
        float[] embedding = new float[8];
        for (int k = 0; k < embedding.length; k++) {
            embedding[k] = (float) (random.nextGaussian() + (k == 0 ? texture : 0));
        }
        double score = 0.6 + 0.4 * random.nextDouble();
        int label = random.nextInt(10);
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put("line", String.valueOf(random.nextInt(3)));
        return new LoggedPrediction(
                new RequestDetails(id, Optional.of("press"), tags, true),
                time,
                VERSION,
                "contract",
                new PredictedOutput.TopLabels(
                        List.of(
                                new LoggedLabel(LABELS.get(label < 8 ? 1 : label == 8 ? 0 : 2), (float) score),
                                new LoggedLabel("other", (float) (1 - score))),
                        (float) (1 - score)),
                new LoggedImage(
                        new ImageHeader(ImageFormat.JPEG, 640, 480, 1),
                        new ImageObservation(Optional.of(measures), embedding)),
                new ResponseTimes(Timings.NONE, 1),
                new LoggedRouting(
                        VERSION.model(),
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** So many held-out images of the same kind, in usual light. */
    public static Reference reference(int count) {
        RandomGenerator random = new SplittableRandom(99);
        return new Reference(
                count,
                0,
                Optional.empty(),
                IntStream.range(0, count)
                        .mapToObj(i -> row(Instant.EPOCH, String.valueOf(i), 1, random))
                        .map(row -> new ReferenceRow(row.output(), row.image().observed(), Optional.empty()))
                        .toList());
    }
}
