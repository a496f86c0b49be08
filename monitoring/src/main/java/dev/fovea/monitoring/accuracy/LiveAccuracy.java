package dev.fovea.monitoring.accuracy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.estimation.ClassEstimate;
import dev.fovea.statistics.estimation.UnlabelledAccuracy;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.KeptImageStore;
import dev.fovea.traffic.truth.LabelPlanStore;
import dev.fovea.traffic.truth.PlannedLabels;
import dev.fovea.traffic.truth.PredictionLookup;
import dev.fovea.traffic.truth.SettledTruth;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthSource;
import dev.fovea.traffic.truth.Truths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says how right a version is in production. Each call reads the log and the labels anew. Thread-safe. */
public final class LiveAccuracy {

    private static final String CLASSIFICATION = "classification";

    /** Predictions of a busy day that are read at least, beside those with labels. */
    private static final int MIN_A_DAY = 5_000;

    private final Truths truths;
    private final PredictionLookup predictions;
    private final HeldOutPredictions heldOut;
    private final LabelPlanStore plans;
    private final KeptImageStore images;

    public LiveAccuracy(
            Truths truths,
            PredictionLookup predictions,
            HeldOutPredictions heldOut,
            LabelPlanStore plans,
            KeptImageStore images) {
        this.images = images;
        this.plans = plans;
        this.truths = truths;
        this.predictions = predictions;
        this.heldOut = heldOut;
    }

    /**
     * Reports on a version's predictions in some time.
     *
     * @throws FoveaException {@code STATE_CONFLICT} for a version that is neither a classifier nor a detector
     */
    public AccuracyReport report(ModelVersion version, AccuracyWindow span) {
        if (LiveFindings.TASKS.contains(version.registration().task())) {
            return findings(version, span);
        }
        requireClassifier(version);
        VersionId id = version.id();
        Instant from = span.from();
        Instant to = span.to();
        Truths.JoinedTruths settlement = truths.settle(id.model());
        List<Truth> labels = truths.store().truths(id.model(), id.version(), from, to);
        JudgedPredictions judged = JudgedPredictions.read(predictions, version, span, requests(labels));
        Optional<Calibrated> calibrated = Calibrated.of(version, heldOut.of(version), judged);
        Optional<EstimatedAccuracy> estimated =
                estimated(judged, calibrated).map(found -> Estimating.of(version, judged, found));
        List<Truth> free = unplanned(id, labels);
        List<KeptImage> kept =
                images.ofRequests(id.model(), free.stream().map(Truth::request).toList());
        List<Truth> random = unselected(free, kept);
        Optional<KnownAccuracy> known = planned(version, span, calibrated)
                .or(() -> KeptSample.of(kept, judged, free)
                        .flatMap(sample -> Knowing.kept(version, judged, calibrated, sample)))
                .or(() -> Knowing.reported(version, judged, calibrated, random)
                        .filter(found -> found.sample().enough()));
        Optional<ErrorRateChange> errorRate = calibrated.map(found -> ErrorRateChange.of(found, unselected(id, to)));
        AccuracyReport.JudgedWindow window = new AccuracyReport.JudgedWindow(from, to, judged.population());
        return new AccuracyReport(
                id,
                new AccuracyVerdict(window, calibrated.map(Calibrated::size), labels.size(), random.size())
                        .of(estimated, known, errorRate),
                window,
                estimated,
                known,
                errorRate,
                settlement.counts(truths.store().counts(id.model())),
                Optional.empty());
    }

    /** What labels say of a version's predictions in some time; empty for a model that is no classifier. */
    public Optional<KnownAccuracy> known(ModelVersion version, AccuracyWindow span) {
        return version.registration().task().equals(CLASSIFICATION)
                ? report(version, span).known()
                : Optional.empty();
    }

    private AccuracyReport findings(ModelVersion version, AccuracyWindow span) {
        VersionId id = version.id();
        Truths.JoinedTruths settlement = truths.settle(id.model());
        List<Truth> labels = truths.store().truths(id.model(), id.version(), span.from(), span.to());
        List<KeptImage> kept = images.ofRequests(
                id.model(), labels.stream().map(Truth::request).toList());
        LiveFindings found =
                LiveFindings.of(predictions, version, span, heldOut.of(version), unselected(labels, kept), kept);
        return new AccuracyReport(
                id,
                found.verdict(),
                new AccuracyReport.JudgedWindow(
                        span.from(), span.to(), found.judged().population()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                settlement.counts(truths.store().counts(id.model())),
                Optional.of(found.accuracy()));
    }

    /** Labels without those of images that were chosen for what the model predicts of them. */
    private static List<Truth> unselected(List<Truth> labels, List<KeptImage> kept) {
        Set<String> random = new HashSet<>();
        kept.stream()
                .filter(image -> image.probability().isPresent())
                .forEach(image -> random.add(image.origin().request()));
        return labels.stream()
                .filter(label -> label.source() == TruthSource.REPORTED || random.contains(label.request()))
                .toList();
    }

    private static Set<String> requests(List<Truth> labels) {
        return labels.stream().map(Truth::request).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * Labels without those that a plan drew before they came: these were chosen for what the model predicts. A plan
     * that is drawn later changes nothing about labels that are there.
     */
    private List<Truth> unplanned(VersionId id, List<Truth> labels) {
        Map<String, Instant> drawn = new HashMap<>();
        for (PlannedLabels plan : plans.all(id)) {
            plan.draws().forEach(draw -> drawn.merge(draw.request(), plan.made(), (a, b) -> a.isBefore(b) ? a : b));
        }
        return labels.stream()
                .filter(label -> label.received().isBefore(drawn.getOrDefault(label.request(), Instant.MAX)))
                .toList();
    }

    /** All judged predictions of a version, without those that were chosen for what it predicts of them. */
    private List<SettledTruth> unselected(VersionId id, Instant to) {
        List<Truth> labels = unplanned(id, truths.store().truths(id.model(), id.version(), Instant.EPOCH, to));
        List<KeptImage> kept = images.ofRequests(
                id.model(), labels.stream().map(Truth::request).toList());
        Set<String> good = new HashSet<>();
        unselected(labels, kept).forEach(label -> good.add(label.request()));
        return truths.store().settled(id.model(), id.version(), Instant.EPOCH, to).stream()
                .filter(settled -> good.contains(settled.request()))
                .toList();
    }

    /**
     * A version's accuracy on each day of a time. Labels that a plan drew do not count: they are no random sample of a
     * day.
     *
     * @throws FoveaException {@code STATE_CONFLICT} for a version that is no classifier
     */
    public AccuracyCourse course(ModelVersion version, AccuracyWindow span) {
        requireClassifier(version);
        VersionId id = version.id();
        Truths.JoinedTruths _ = truths.settle(id.model());
        List<AccuracyCourse.AccuracyDay> days = new ArrayList<>();
        List<AccuracyWindow> spans = span.days();
        int most = Math.max(MIN_A_DAY, JudgedPredictions.MAX / Math.max(1, spans.size()));
        for (AccuracyWindow day : spans) {
            List<Truth> known = truths.store().truths(id.model(), id.version(), day.from(), day.to());
            JudgedPredictions judged = JudgedPredictions.read(
                    predictions, id, version.labels(), day, new JudgedPredictions.Kept(requests(known), most));
            if (judged.size() > 0) {
                days.add(day(version, day.from(), judged, reported(id, unplanned(id, known))));
            }
        }
        return new AccuracyCourse(id, days);
    }

    private List<Truth> reported(VersionId id, List<Truth> labels) {
        return unselected(
                labels,
                images.ofRequests(
                        id.model(), labels.stream().map(Truth::request).toList()));
    }

    private AccuracyCourse.AccuracyDay day(
            ModelVersion version, Instant from, JudgedPredictions judged, List<Truth> labels) {
        Optional<Calibrated> calibrated = Calibrated.of(version, heldOut.of(version), judged);
        return new AccuracyCourse.AccuracyDay(
                from,
                judged.population(),
                estimated(judged, calibrated)
                        .map(found -> UnlabelledAccuracy.of(
                                        found.guesses(), judged.predictions(found.ranks()), judged.design())
                                .accuracy()
                                .interval()),
                Knowing.reported(version, judged, calibrated, labels)
                        .map(known -> new AccuracyCourse.KnownDay(
                                known.accuracy(), known.sample().labels())));
    }

    /** The calibration, where there are enough images and predictions for an estimate without labels. */
    private static Optional<Calibrated> estimated(JudgedPredictions judged, Optional<Calibrated> calibrated) {
        return calibrated
                .filter(found -> found.size() >= UnlabelledAccuracy.MIN_REFERENCE)
                .filter(_ -> judged.size() >= UnlabelledAccuracy.MIN_LIVE);
    }

    private static void requireClassifier(ModelVersion version) {
        if (!version.registration().task().equals(CLASSIFICATION)) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s has the task %s; accuracy by day is known of classifiers with one label, and accuracy in production of classifiers and detectors."
                            .formatted(version.id(), version.registration().task()));
        }
    }

    /** From the newest plan of predictions of this time that has enough labels. */
    private Optional<KnownAccuracy> planned(
            ModelVersion version, AccuracyWindow span, Optional<Calibrated> calibrated) {
        return plans.all(version.id()).stream()
                .filter(plan -> plan.to().isAfter(span.from()))
                .flatMap(plan -> planned(version, plan, calibrated).stream())
                .findFirst();
    }

    private Optional<KnownAccuracy> planned(ModelVersion version, PlannedLabels plan, Optional<Calibrated> calibrated) {
        VersionId id = version.id();
        List<Truth> labels = truths.store().truths(id.model(), id.version(), plan.from(), plan.to());
        Set<String> kept = requests(labels);
        plan.draws().forEach(draw -> kept.add(draw.request()));
        JudgedPredictions judged =
                JudgedPredictions.read(predictions, version, new AccuracyWindow(plan.from(), plan.to()), kept);
        return PlannedSample.of(plan, judged, labels)
                .flatMap(sample -> Knowing.planned(version, judged, calibrated, sample));
    }

    static List<ClassAccuracy> figures(ModelVersion version, List<ClassEstimate> classes) {
        return classes.stream()
                .map(one -> new ClassAccuracy(
                        version.labels().get(one.label()), one.predicted(), one.precision(), one.recall()))
                .toList();
    }
}
