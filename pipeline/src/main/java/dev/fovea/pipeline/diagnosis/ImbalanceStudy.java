package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Classes with far fewer images than the largest one that are found less often than images are on the whole. */
final class ImbalanceStudy {

    private static final double RARE = 0.2;
    private static final int MOST = 3;

    private ImbalanceStudy() {}

    static Optional<DiagnosisFinding> of(StudiedSet set, QualityTarget target) {
        ConfusionMatrix confusion = set.confusion();
        int largest = IntStream.range(0, set.classes()).map(set::count).max().orElse(0);
        double accuracy = confusion.accuracy().orElse(0);
        List<Integer> rare = IntStream.range(0, set.classes())
                .filter(label -> set.count(label) > 0 && set.count(label) < RARE * largest)
                .filter(label -> recall(set, confusion, label).high() < accuracy)
                .boxed()
                .sorted(Comparator.comparingInt(set::count))
                .limit(MOST)
                .toList();
        if (rare.isEmpty()) {
            return Optional.empty();
        }
        boolean matters = target.metric() != QualityTarget.QualityMetric.ACCURACY;
        return Optional.of(new DiagnosisFinding(
                FindingCause.IMBALANCE,
                matters ? Standing.HELPS : Standing.NOTED,
                "Rare classes are found less often than images are on the whole (%s): %s."
                        .formatted(
                                FindingText.percent(accuracy),
                                String.join(
                                        ", ",
                                        rare.stream()
                                                .map(label -> "%s, %,d images, %s"
                                                        .formatted(
                                                                set.labels().get(label),
                                                                set.count(label),
                                                                FindingText.percent(recall(set, confusion, label))))
                                                .toList())),
                "Add images of these classes first; --class-weights balanced favours them. With few or none of them, learn from good images alone (--anomaly).",
                Optional.empty(),
                rare.stream().map(set.labels()::get).toList()));
    }

    private static Interval recall(StudiedSet set, ConfusionMatrix confusion, int label) {
        return WilsonInterval.of(confusion.counts().get(label).get(label), set.count(label));
    }
}
