package dev.fovea.monitoring.accuracy;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
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
import dev.fovea.traffic.truth.PredictionLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A log in memory of a classifier of shirts. */
final class ClassifierLog implements PredictionLookup {

    static final VersionId SHIRTS = new VersionId("shirts", 1);
    static final List<String> CLASSES = List.of("hole", "none");
    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final List<LoggedPrediction> rows = new ArrayList<>();

    /** A prediction of a class with its confidence; the other class has the rest. */
    void add(String request, String label, double confidence) {
        String other = label.equals("hole") ? "none" : "hole";
        rows.add(new LoggedPrediction(
                RequestDetails.of(request),
                NOON,
                SHIRTS,
                "",
                new PredictedOutput.TopLabels(
                        List.of(new LoggedLabel(label, (float) confidence), new LoggedLabel(other, (float)
                                (1 - confidence))),
                        0),
                new LoggedImage(new ImageHeader(ImageFormat.JPEG, 9, 9, 1, false), ImageObservation.NONE),
                new ResponseTimes(Timings.NONE, 1),
                new LoggedRouting(
                        "shirts",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty())));
    }

    int size() {
        return rows.size();
    }

    /** Its predictions, of those without labels so many at most. */
    JudgedPredictions judged(Set<String> labelled, int others) {
        return JudgedPredictions.read(
                this,
                SHIRTS,
                CLASSES,
                new AccuracyWindow(Instant.EPOCH, NOON.plusSeconds(1)),
                new JudgedPredictions.Kept(labelled, others));
    }

    @Override
    public void find(String model, Set<String> requests, Consumer<LoggedPrediction> each) {
        rows.stream().filter(row -> requests.contains(row.request().id())).forEach(each);
    }

    @Override
    public SampledPredictions sample(WantedPredictions wanted, Consumer<LoggedPrediction> each) {
        rows.forEach(each);
        long others = rows.stream()
                .filter(row -> !wanted.always().contains(row.request().id()))
                .count();
        return new SampledPredictions(others, others);
    }

    @Override
    public List<Optional<VersionId>> lastOfKeys(String model, List<KeyAtTime> keys, Duration longest) {
        throw new UnsupportedOperationException("not asked here");
    }
}
