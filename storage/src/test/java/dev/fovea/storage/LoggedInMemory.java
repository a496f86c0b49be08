package dev.fovea.storage;

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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Predictions of {@code shirts} in memory. */
final class LoggedInMemory implements PredictionLookup {

    private final List<LoggedPrediction> log = new ArrayList<>();

    void add(String request, int version, String label, Instant time) {
        add(request, version, label, time, new TreeMap<>());
    }

    void add(String request, int version, String label, Instant time, String tag, String value) {
        add(request, version, label, time, new TreeMap<>(Map.of(tag, value)));
    }

    private void add(String request, int version, String label, Instant time, TreeMap<String, String> tags) {
        log.add(new LoggedPrediction(
                new RequestDetails(request, Optional.empty(), tags, true),
                time,
                new VersionId("shirts", version),
                "c0ffee",
                new PredictedOutput.TopLabels(List.of(new LoggedLabel(label, 0.9f)), 0.1f),
                new LoggedImage(new ImageHeader(ImageFormat.JPEG, 9, 9, 1, false), ImageObservation.NONE),
                new ResponseTimes(new Timings(0, 0, 0, 0, 0), 0),
                new LoggedRouting(
                        "shirts",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty())));
    }

    @Override
    public void find(String model, Set<String> requests, Consumer<LoggedPrediction> each) {
        log.stream().filter(one -> requests.contains(one.request().id())).forEach(each);
    }

    @Override
    public SampledPredictions sample(WantedPredictions wanted, Consumer<LoggedPrediction> each) {
        throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public List<Optional<VersionId>> lastOfKeys(String model, List<KeyAtTime> keys, Duration longest) {
        return keys.stream()
                .map(key -> log.stream()
                        .filter(row ->
                                row.request().key().or(row.request()::client).equals(Optional.of(key.key())))
                        .filter(row -> !row.time().isAfter(key.time()))
                        .filter(row -> !row.time().isBefore(key.time().minus(longest)))
                        .max(Comparator.comparing(LoggedPrediction::time))
                        .map(LoggedPrediction::version))
                .toList();
    }
}
