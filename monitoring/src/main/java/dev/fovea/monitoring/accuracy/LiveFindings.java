package dev.fovea.monitoring.accuracy;

import dev.fovea.monitoring.findings.EstimatedPrecision;
import dev.fovea.monitoring.findings.JudgedFindings;
import dev.fovea.monitoring.findings.JudgedFindings.HeldOutFindings;
import dev.fovea.monitoring.findings.KnownFindings;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.estimation.ConditionalShift;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.truth.PredictionLookup;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says how right a detector or multi-label classifier is. Pure. */
record LiveFindings(JudgedFindings judged, AccuracyReport.FindingsAccuracy accuracy) {

    /** Tasks whose models find any number of things in an image. */
    static final Set<String> TASKS = Set.of("multi-label", "multi-task", "detection", "instance-segmentation");

    /** Fewer images with labels that were kept at random say less than all that were reported. */
    private static final int MIN_KEPT = 20;

    private static final int COMPARED = 2_000;
    private static final int MIN_COMPARED = 50;
    private static final long SEED = 17;

    /**
     * Judges the predictions of a time.
     *
     * @param labels without those of images that were chosen for what the model predicts of them
     * @param kept images, with the probabilities of those in the random sample
     */
    static LiveFindings of(
            PredictionLookup predictions,
            ModelVersion version,
            AccuracyWindow window,
            List<HeldOutPrediction> heldOut,
            List<Truth> labels,
            List<KeptImage> kept) {
        Map<String, TrueLabels> truth = new HashMap<>();
        labels.forEach(label -> truth.put(label.request(), label.labels()));
        JudgedFindings.Judging judging = new JudgedFindings.Judging(
                version.id(), version.labels(), window.from(), window.to(), JudgedFindings.MAX);
        JudgedFindings judged = JudgedFindings.read(predictions, judging, truth);
        Optional<EstimatedPrecision> estimated = judged.estimated(heldOut.stream()
                .map(image -> new HeldOutFindings(image.output(), image.truth()))
                .toList());
        Optional<Trust> trust = estimated.map(_ -> trust(heldOut, judged.observed()));
        return new LiveFindings(
                judged, new AccuracyReport.FindingsAccuracy(estimated, trust, judged.known(weights(labels, kept))));
    }

    /** Images of a random sample by the inverse of their probability, or else all alike. */
    private static Map<String, Double> weights(List<Truth> labels, List<KeptImage> kept) {
        Map<String, Double> sampled = new HashMap<>();
        kept.forEach(image -> image.probability()
                .ifPresent(probability -> sampled.put(image.origin().request(), 1 / probability)));
        sampled.keySet().retainAll(labels.stream().map(Truth::request).toList());
        if (sampled.size() >= MIN_KEPT) {
            return sampled;
        }
        Map<String, Double> all = new HashMap<>();
        labels.forEach(label -> all.put(label.request(), 1.0));
        return all;
    }

    /** Whether live images are like the held-out ones. */
    private static Trust trust(List<HeldOutPrediction> heldOut, List<ImageObservation> observed) {
        List<ImageObservation> live = IntStream.range(0, Math.min(COMPARED, observed.size()))
                .mapToObj(i -> observed.get((int) ((long) i * observed.size() / Math.min(COMPARED, observed.size()))))
                .toList();
        List<ImageObservation> reference =
                heldOut.stream().map(HeldOutPrediction::observed).toList();
        Optional<FeatureMatrix> both = ImageFeatures.of(
                Stream.concat(reference.stream(), live.stream()).toList());
        if (both.isEmpty() || live.size() < MIN_COMPARED || reference.size() < MIN_COMPARED) {
            return new Trust(
                    Trust.Level.UNKNOWN,
                    "The live images were not compared with the held-out ones: that needs %d of each, with measures or embeddings."
                            .formatted(MIN_COMPARED),
                    Optional.empty(),
                    reference.size());
        }
        double[] alike = new double[reference.size()];
        Arrays.fill(alike, 1);
        FeatureMatrix all = both.get();
        ConditionalShift shift = ConditionalShift.of(
                all.select(IntStream.range(0, alike.length).toArray()),
                all.select(IntStream.range(alike.length, all.rows()).toArray()),
                alike,
                SEED);
        return new Trust(level(shift), reason(shift), Optional.of(shift.auc()), reference.size());
    }

    private static Trust.Level level(ConditionalShift shift) {
        return switch (shift.verdict()) {
            case ALIKE -> Trust.Level.TRUSTED;
            case DIFFERENT -> Trust.Level.NOT_TRUSTED;
            case TOO_FEW -> Trust.Level.UNKNOWN;
        };
    }

    private static String reason(ConditionalShift shift) {
        return switch (shift.verdict()) {
            case ALIKE -> "The images are like the held-out ones.";
            case DIFFERENT ->
                String.format(
                        Locale.ROOT,
                        "The images are not like the held-out ones: a classifier tells them apart with an AUC of %.2f, where 0.5 is chance.",
                        shift.auc().value());
            case TOO_FEW -> "There are too few images to tell whether they are like the held-out ones.";
        };
    }

    /** The answer in words. */
    String verdict() {
        if (judged.population() == 0) {
            return "Nothing is known: the prediction log has no predictions of this version in this time.";
        }
        List<String> sentences = new ArrayList<>();
        accuracy.known().ifPresent(found -> sentences.add(known(found)));
        accuracy.estimated()
                .ifPresentOrElse(
                        found -> sentences.add(estimated(found)),
                        () -> sentences.add(
                                "There is no estimate without labels: it needs 50 findings on held-out images with labels, and as many in this time."));
        return String.join(" ", sentences);
    }

    private static String known(KnownFindings known) {
        String images = "%,d labelled image%s".formatted(known.images(), known.images() == 1 ? "" : "s");
        return known.meanAveragePrecision()
                .map(map -> "mAP at an overlap of 0.5: %s with %s.".formatted(AccuracyVerdict.interval(map), images))
                .orElseGet(() -> "All labels right on %s of the images, with %s."
                        .formatted(AccuracyVerdict.interval(known.exact()), images));
    }

    private String estimated(EstimatedPrecision estimated) {
        String figure =
                "Estimated precision without labels: %s".formatted(AccuracyVerdict.interval(estimated.precision()));
        return accuracy.trust()
                .map(trust -> switch (trust.level()) {
                    case TRUSTED -> figure + ", which is to be trusted. " + trust.reason();
                    case UNKNOWN -> figure + "; whether to trust that is not known. " + trust.reason();
                    case NOT_TRUSTED -> figure + ". Do not trust that estimate. " + trust.reason();
                })
                .orElse(figure + ".");
    }
}
