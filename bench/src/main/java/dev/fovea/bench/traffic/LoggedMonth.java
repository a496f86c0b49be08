package dev.fovea.bench.traffic;

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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Rows of a busy model with all that a log has of an image. Not thread-safe. */
final class LoggedMonth {

    /** The model. */
    static final String MODEL = "fabric";

    private static final List<String> CAMERAS = List.of("a", "b", "c", "d");
    private static final int LABELS = 20;

    private final SplittableRandom random = new SplittableRandom(5);
    private long number;

    /** Rows of a day, evenly over it. */
    List<LoggedPrediction> rows(Instant day, int count, int from, int to) {
        List<LoggedPrediction> rows = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            rows.add(row(day.plus(86_400_000_000L / count * i, ChronoUnit.MICROS)));
        }
        return rows;
    }

    private LoggedPrediction row(Instant time) {
        double score = 0.5 + 0.5 * random.nextDouble();
        int label = (int) (LABELS * random.nextDouble() * random.nextDouble());
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put("camera", CAMERAS.get(random.nextInt(CAMERAS.size())));
        tags.put("line", String.valueOf(1 + random.nextInt(9)));
        return new LoggedPrediction(
                new RequestDetails(
                        String.format(Locale.ROOT, "%016x%08x", random.nextLong(), number++),
                        Optional.of("client-" + random.nextInt(5)),
                        tags,
                        true),
                time,
                new VersionId(MODEL, 1 + random.nextInt(2)),
                "c0ffee",
                new PredictedOutput.TopLabels(
                        List.of(
                                new LoggedLabel("label " + label, (float) score),
                                new LoggedLabel("label " + (label + 1), (float) (1 - score))),
                        (float) (1 - score)),
                new LoggedImage(
                        new ImageHeader(ImageFormat.JPEG, 640, 480, 1, false),
                        new ImageObservation(Optional.of(measures()), embedding())),
                new ResponseTimes(
                        new Timings(1_000_000, 500_000, 200_000, 4_000_000, 100_000),
                        6_000_000 + random.nextLong(9_000_000)),
                new LoggedRouting(
                        MODEL,
                        LoggedRouting.Role.REQUESTED,
                        random.nextInt(10) == 0 ? LoggedRouting.CacheResult.HIT : LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty()));
    }

    private InputMeasures measures() {
        return new InputMeasures(
                new InputTones(90 + 50 * random.nextDouble(), 50, 0.01, 0.02),
                new InputColors(30 + 4 * random.nextDouble(), 0.3),
                new InputDetail(200 + 100 * random.nextDouble(), 1, 1),
                new InputFile(
                        ImageFormat.JPEG,
                        640,
                        480,
                        40_000 + random.nextInt(3_000),
                        OptionalInt.of(90),
                        Optional.of("camera")));
    }

    private float[] embedding() {
        float[] embedding = new float[16];
        for (int k = 0; k < embedding.length; k++) {
            embedding[k] = (float) random.nextDouble();
        }
        return embedding;
    }
}
