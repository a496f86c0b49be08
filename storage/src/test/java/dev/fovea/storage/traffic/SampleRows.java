package dev.fovea.storage.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedImage;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.ResponseTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Rows of tests, whose numbers are exact in single and half precision. */
public final class SampleRows {

    public static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private SampleRows() {}

    /** A classifier's row. */
    public static LoggedPrediction row(String id, Instant time) {
        return row(
                id,
                time,
                new PredictedOutput.TopLabels(
                        List.of(new LoggedLabel("striped", 0.75f), new LoggedLabel("plain", 0.25f)), 0.5f));
    }

    /** So many rows, a second apart. */
    public static List<LoggedPrediction> rows(String prefix, Instant from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(prefix + i, from.plusSeconds(i)))
                .toList();
    }

    public static LoggedPrediction row(String id, Instant time, PredictedOutput output) {
        return new LoggedPrediction(
                new RequestDetails(
                        id, Optional.of("line 3"), new TreeMap<>(Map.of("camera", "b", "shift", "late")), true),
                time,
                new VersionId("shirts", 2),
                "0123456789abcdef",
                output,
                new LoggedImage(
                        new ImageHeader(ImageFormat.JPEG, 640, 480, 6, false),
                        new ImageObservation(
                                Optional.of(new InputMeasures(
                                        new InputTones(101.5, 40.25, 0.125, 0),
                                        new InputColors(30.5, 0.25),
                                        new InputDetail(200.5, 1.5, 1.25),
                                        new InputFile(
                                                ImageFormat.JPEG,
                                                480,
                                                640,
                                                71_234,
                                                OptionalInt.of(92),
                                                Optional.of("ACME X1")))),
                                new float[] {0.5f, -2, 0.125f})),
                new ResponseTimes(new Timings(2_000_000, 500_000, 0, 7_000_000, 20_000), 9_600_000),
                new LoggedRouting(
                        "shirts",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.of("large:1"),
                        Optional.of(ErrorCode.DEADLINE_EXCEEDED)));
    }

    /** A row of every kind of output. */
    public static List<LoggedPrediction> ofEveryTask() {
        return List.of(
                row("a", NOON),
                row("b", NOON.plusSeconds(1), new PredictedOutput.ManyLabels(List.of(), 0.25f)),
                row(
                        "c",
                        NOON.plusSeconds(2),
                        new PredictedOutput.FoundObjects(
                                Task.DETECTION,
                                List.of(
                                        new LoggedBox("it's a \"hole\"", 0.5f, 0.25f, 0.5f, 0.125f, 0.5f),
                                        new LoggedBox("Fleck ü", 0.25f, 0, 0, 1, 1)),
                                117)),
                row("d", NOON.plusSeconds(3), new PredictedOutput.FoundObjects(Task.TEXT_DETECTION, List.of(), 0)),
                row("e", NOON.plusSeconds(4), new PredictedOutput.Regions(List.of(new LoggedLabel("sky", 0.5f)))),
                row("f", NOON.plusSeconds(5), new PredictedOutput.Unlabelled(Task.EMBEDDING)));
    }
}
