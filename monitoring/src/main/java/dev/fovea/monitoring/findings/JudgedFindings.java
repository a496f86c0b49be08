package dev.fovea.monitoring.findings;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.findings.FindingRates;
import dev.fovea.statistics.findings.ImageFindings;
import dev.fovea.statistics.findings.ImageFindings.ScoredFinding;
import dev.fovea.statistics.findings.LabelledFindings;
import dev.fovea.statistics.findings.UnlabelledPrecision;
import dev.fovea.statistics.sampling.UniformSample;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.PredictionLookup;
import dev.fovea.traffic.truth.TrueLabels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The predictions of a detector's or multi-label classifier's version in some time. Of a busy version they are a
 * uniform sample of images, and all that have labels.
 */
public final class JudgedFindings {

    /** How many images are judged at most, beside those with labels. */
    public static final int MAX = 20_000;

    private final FindingClasses classes;
    private final List<List<ScoredFinding>> sampled = new ArrayList<>();
    private final List<ImageObservation> observed = new ArrayList<>();
    private final Map<String, ImageFindings> labelled = new HashMap<>();
    private long population;
    private boolean hasBoxes;

    private record Row(List<ScoredFinding> found, ImageObservation observed) {}

    private JudgedFindings(List<String> labels) {
        this.classes = new FindingClasses(labels);
    }

    /**
     * What is judged.
     *
     * @param labels the version's classes
     * @param from the first time
     * @param to the time after the last
     * @param most how many images are judged at most, beside those with labels
     */
    public record Judging(VersionId version, List<String> labels, Instant from, Instant to, int most) {
        public Judging {
            labels = List.copyOf(labels);
        }

        private boolean covers(LoggedPrediction row) {
            return row.version().equals(version)
                    && row.routing().role() == LoggedRouting.Role.REQUESTED
                    && !row.time().isBefore(from)
                    && row.time().isBefore(to);
        }
    }

    /**
     * Reads predictions.
     *
     * @param truth by request
     */
    public static JudgedFindings read(PredictionLookup predictions, Judging judging, Map<String, TrueLabels> truth) {
        JudgedFindings judged = new JudgedFindings(judging.labels());
        UniformSample<Row> sample = new UniformSample<>(judging.most());
        VersionId version = judging.version();
        PredictionLookup.SampledPredictions read = predictions.sample(
                new PredictionLookup.WantedPredictions(version, judging.from(), judging.to(), Set.of(), judging.most()),
                row -> judged.classes.found(row.output()).ifPresent(found -> {
                    judged.hasBoxes |= row.output() instanceof PredictedOutput.FoundObjects;
                    sample.offer(
                            row.request().id(),
                            ChronoUnit.MICROS.between(Instant.EPOCH, row.time()),
                            new Row(found, row.image().observed()));
                }));
        sample.rows().forEach(row -> {
            judged.sampled.add(row.found());
            judged.observed.add(row.observed());
        });
        judged.population = read.ofKind(sample.offered());
        if (!truth.isEmpty()) {
            predictions.find(version.model(), truth.keySet(), row -> {
                if (judging.covers(row)) {
                    judged.classes
                            .judged(
                                    row.output(),
                                    Objects.requireNonNull(
                                            truth.get(row.request().id())))
                            .ifPresent(findings ->
                                    judged.labelled.put(row.request().id(), findings));
                }
            });
        }
        return judged;
    }

    /** How many images there were. */
    public int population() {
        return (int) Math.min(Integer.MAX_VALUE, population);
    }

    /** What was observed of the images of the sample. */
    public List<ImageObservation> observed() {
        return observed;
    }

    /**
     * What labels say.
     *
     * @param weights by request, inversely proportional to the probability of having a label
     * @return empty without labels that fit a prediction
     */
    public Optional<KnownFindings> known(Map<String, Double> weights) {
        List<ImageFindings> images = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        // in a fixed order, as the resampling depends on it
        new TreeMap<>(weights).forEach((request, weight) -> {
            ImageFindings findings = labelled.get(request);
            if (findings != null) {
                images.add(findings);
                own.add(weight);
            }
        });
        if (images.isEmpty()) {
            return Optional.empty();
        }
        LabelledFindings found = LabelledFindings.of(
                images,
                own.stream().mapToDouble(Double::doubleValue).toArray(),
                (double) Math.max(population, images.size()),
                classes.count());
        return Optional.of(new KnownFindings(
                images.size(),
                found.exact(),
                hasBoxes ? found.meanAveragePrecision() : Optional.empty(),
                figures(found.classes())));
    }

    /** A held-out image: what the version predicts, and what it shows. */
    public record HeldOutFindings(PredictedOutput output, TrueLabels truth) {}

    /** Precision without labels; empty with too few findings. */
    public Optional<EstimatedPrecision> estimated(List<HeldOutFindings> heldOut) {
        List<ImageFindings> reference = heldOut.stream()
                .flatMap(image -> classes.judged(image.output(), image.truth()).stream())
                .toList();
        List<ScoredFinding> live = sampled.stream().flatMap(List::stream).toList();
        return UnlabelledPrecision.of(reference, live, classes.count())
                .map(found -> new EstimatedPrecision(found.precision(), reference.size(), figures(found.classes())));
    }

    private List<FindingFigures> figures(List<FindingRates> figures) {
        double scale = sampled.isEmpty() ? 0 : (double) population / sampled.size();
        return figures.stream()
                .map(one -> {
                    long found = sampled.stream()
                            .flatMap(List::stream)
                            .filter(finding -> finding.label() == one.label())
                            .count();
                    return new FindingFigures(
                            classes.name(one.label()),
                            (int) Math.round(found * scale),
                            one.precision(),
                            one.recall(),
                            hasBoxes ? one.averagePrecision() : Optional.empty());
                })
                .toList();
    }
}
