package dev.fovea.pipeline.diagnosis;

import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.diagnosis.Diagnosis.StudiedImages;
import dev.fovea.pipeline.diagnosis.Diagnosis.TargetStanding;
import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.head.StudiedFeatures;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.PermutationTest;
import dev.fovea.statistics.learning.ClassScore;
import dev.fovea.statistics.learning.LearnedSize;
import dev.fovea.statistics.learning.LearningCurve;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Says why a classifier on a backbone's features does not reach a target: from the learning curve, labels, classes,
 * near duplicates and the images themselves. It looks at images that are learned from only. Features come from the
 * home's cache. The same images, backbone and seed give the same diagnosis on one machine.
 */
public final class ModelDiagnosis {

    /** Of more images, a part with the same mix of classes is studied. */
    private static final int MAX_IMAGES = 5000;

    /** Fewer say too little, however short the time is. */
    private static final long MIN_STUDIED = 300;

    /** A curve, and what comes after it, take as long as so many fits of a head to all images. */
    private static final double CURVE_FITS = 4;

    /** Seconds that a head takes for each image at least. */
    private static final double MIN_FIT = 1e-5;

    private static final int MIN_SIZES = 3;
    private static final double LEVEL = 0.05;

    private final JobTools tools;

    public ModelDiagnosis(JobTools tools) {
        this.tools = tools;
    }

    /** {@link #run(DiagnosisOrder, Optional, HeadTraining.HeadProgress)} where nothing is known about annotators. */
    public Diagnosis run(DiagnosisOrder order, HeadTraining.HeadProgress progress) {
        return run(order, Optional.empty(), progress);
    }

    /**
     * Diagnoses.
     *
     * @param ceiling the accuracy that annotators' agreement allows, where several people labelled the same images
     * @throws FoveaException {@code ARGUMENT_INVALID} for a target of an unknown class, {@code DATASET_INVALID} for
     *     classes of one image, and the errors of {@link HeadTraining#study}
     */
    public Diagnosis run(DiagnosisOrder order, Optional<Interval> ceiling, HeadTraining.HeadProgress progress) {
        List<String> notes = new ArrayList<>();
        DiagnosisOrder some = part(order, MAX_IMAGES, notes);
        StudiedFeatures features = new HeadTraining(tools)
                .study(
                        new HeadTraining.HeadOrder(
                                some.backbone(), some.labels(), some.images(), List.of(), false, some.seed()),
                        new StudyProgress(progress, notes));
        return studied(some, features, notes, ceiling, progress);
    }

    /**
     * The same with features that are known, within a time.
     *
     * @param features of the order's images, in their order, with what a fit took
     * @param time for the diagnosis; where all images would take longer, a part is studied
     */
    public Diagnosis within(
            DiagnosisOrder order,
            KnownFeatures features,
            Duration time,
            Optional<Interval> ceiling,
            HeadTraining.HeadProgress progress) {
        List<String> notes = new ArrayList<>();
        double affordable = time.toMillis() / 1e3 / (CURVE_FITS * Math.max(MIN_FIT, features.secondsPerImage()));
        DiagnosisOrder some = part(order, (int) Math.clamp((long) affordable, MIN_STUDIED, MAX_IMAGES), notes);
        return studied(some, features.read().of(some.images()), notes, ceiling, progress);
    }

    /**
     * Features that were computed before.
     *
     * @param read gives those of some images
     * @param secondsPerImage that choosing a penalty and fitting a head took for each image
     */
    public record KnownFeatures(FeatureReader read, double secondsPerImage) {}

    /** Gives the features of images. */
    public interface FeatureReader {
        StudiedFeatures of(List<LabelledFile> images);
    }

    private Diagnosis studied(
            DiagnosisOrder order,
            StudiedFeatures features,
            List<String> notes,
            Optional<Interval> ceiling,
            HeadTraining.HeadProgress progress) {
        ClassScore score = order.target().score(order.labels());
        int[] given = features.targets().labels();
        List<LearnedSize> sizes = new CurveMeasurement(features, order.seed())
                .run((done, of) ->
                        progress.at(0.5 + 0.4 * done / of, "learning from part %d of %d".formatted(done + 1, of)));
        StudiedSet set = new StudiedSet(
                order.labels(), order.images(), features, given, sizes.getLast().predictions()[0]);
        progress.at(0.9, "labels, classes and images");
        Optional<CurveFigures> curve = sizes.size() < MIN_SIZES
                ? Optional.empty()
                : Optional.of(CurveFigures.of(
                        LearningCurve.of(given, features.groups(), set.classes(), sizes, score, order.seed()),
                        (double) given.length / set.classes(),
                        order.target().minimum()));
        Interval now = curve.map(figures -> figures.points().getLast().score())
                .orElseGet(() -> ScoreInterval.of(score, set.classes(), given, set.predicted()));
        TargetStanding standing = now.low() >= order.target().minimum()
                ? TargetStanding.REACHED
                : now.high() < order.target().minimum() ? TargetStanding.MISSED : TargetStanding.OPEN;
        List<DiagnosisFinding> findings = ranked(findings(order, set, curve, now, standing, ceiling));
        progress.at(1, "diagnosed");
        return new Diagnosis(
                order.target().toString(),
                standing,
                now,
                DiagnosisText.verdict(order.target(), standing, now, findings),
                findings,
                curve,
                new StudiedImages(given.length, order.labels(), order.backbone().name()),
                notes);
    }

    /** Images that are left out of a part by chance have their mix of classes. */
    private static DiagnosisOrder part(DiagnosisOrder order, int most, List<String> notes) {
        int parts = (order.images().size() + most - 1) / most;
        if (parts < 2) {
            return order;
        }
        int[] labels = order.images().stream()
                .mapToInt(image -> image.sample().label())
                .toArray();
        List<LabelledFile> some = IntStream.of(
                        StratifiedFolds.of(labels, parts, order.seed()).inside(0))
                .mapToObj(order.images()::get)
                .toList();
        notes.add("Of %,d images %,d were studied, with the same mix of classes."
                .formatted(order.images().size(), some.size()));
        return new DiagnosisOrder(order.backbone(), order.labels(), some, order.target(), order.seed());
    }

    private List<DiagnosisFinding> findings(
            DiagnosisOrder order,
            StudiedSet set,
            Optional<CurveFigures> curve,
            Interval now,
            TargetStanding standing,
            Optional<Interval> ceiling) {
        Optional<DiagnosisFinding> chance = chance(set, order.seed());
        List<DiagnosisFinding> findings = new ArrayList<>(chance.stream().toList());
        ceiling.map(each -> disagreement(each, order.target())).ifPresent(findings::add);
        DuplicateStudy.of(set).ifPresent(findings::add);
        ResolutionStudy.of(set.images(), order.backbone().contract().outputSize())
                .ifPresent(findings::add);
        if (chance.isPresent()) {
            return findings; // curves, pairs and suspects of noise are noise
        }
        if (standing != TargetStanding.REACHED) {
            findings.add(curve.map(figures -> CurveStudy.of(figures, order.target(), set))
                    .orElseGet(() -> fewForACurve(set)));
        }
        findings.addAll(PairStudy.of(set, order.target()));
        ImbalanceStudy.of(set, order.target()).ifPresent(findings::add);
        LabelStudy.of(set, order.target(), now, order.seed()).ifPresent(findings::add);
        return findings;
    }

    private static DiagnosisFinding fewForACurve(StudiedSet set) {
        return new DiagnosisFinding(
                FindingCause.TOO_FEW_IMAGES,
                Standing.HELPS,
                "%,d images of %d classes are too few to say what more of them would bring."
                        .formatted(set.given().length, set.classes()),
                "Add images until there are 15 or more of each class, and diagnose again.",
                Optional.empty(),
                List.of());
    }

    private static Optional<DiagnosisFinding> chance(StudiedSet set, long seed) {
        PermutationTest test = PermutationTest.of(set.classes(), set.given(), set.predicted(), seed);
        if (test.pValue() <= LEVEL) {
            return Optional.empty();
        }
        return Optional.of(new DiagnosisFinding(
                FindingCause.NO_BETTER_THAN_CHANCE,
                Standing.BLOCKS,
                isConstant(set.features())
                        ? "All images have the same features, as equal images have: nothing can be learned from them."
                        : "The features tell the labels no better than chance: %s of each class are right on average, and %s with shuffled labels (p = %.3f)."
                                .formatted(
                                        FindingText.percent(test.balancedAccuracy()),
                                        FindingText.percent(test.chance()),
                                        test.pValue()),
                "Check that the labels belong to the images, and that a person can tell the classes apart in them. Else use another backbone, or add images.",
                Optional.empty(),
                List.of()));
    }

    private static boolean isConstant(StudiedFeatures studied) {
        for (int row = 1; row < studied.features().rows(); row++) {
            for (int d = 0; d < studied.features().columns(); d++) {
                if (studied.features().value(row, d) != studied.features().value(0, d)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static DiagnosisFinding disagreement(Interval ceiling, QualityTarget target) {
        boolean blocks = ceiling.high() < target.minimum();
        return new DiagnosisFinding(
                FindingCause.ANNOTATORS_DISAGREE,
                blocks ? Standing.BLOCKS : Standing.NOTED,
                "By how well the annotators agree, no model that is judged by one label an image is shown to be more accurate than %s.%s"
                        .formatted(FindingText.percent(ceiling), blocks ? " The target is above that." : ""),
                "Sharpen the instruction where people disagree, and judge by the consensus of several people (fovea data agreement).",
                Optional.empty(),
                List.of());
    }

    /** What blocks first, then by the score that is expected, then what has none. */
    private static List<DiagnosisFinding> ranked(List<DiagnosisFinding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(DiagnosisFinding::standing)
                        .thenComparingDouble(finding ->
                                -finding.scoreAfter().map(Interval::value).orElse(0.0))
                        .thenComparing(DiagnosisFinding::cause))
                .toList();
    }

    /** Passes on how far the features have come, in half of the whole work. */
    private record StudyProgress(HeadTraining.HeadProgress whole, List<String> notes)
            implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            whole.at(fraction / 2, detail);
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    }
}
