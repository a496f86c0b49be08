package dev.fovea.evaluation.report;

import dev.fovea.evaluation.detection.MeanPrecision;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The metrics of a multi-label model on one set of images. Precision and recall are at the threshold, with Wilson
 * intervals; average precision needs no threshold. Its interval is a {@link BootstrapInterval} over images. Intervals
 * are 95 %.
 *
 * @param images that were predicted, 1 or more
 * @param threshold minimum score of a label
 * @param averagePrecision mean over the labels with positive and negative images
 * @param gain the same mean minus the fraction of positive images, which a random ranking reaches
 * @param labels in label order
 */
public record MultiLabelReport(
        int images, double threshold, Interval averagePrecision, Interval gain, List<LabelFigures> labels) {

    /**
     * One label.
     *
     * @param support images that show it
     * @param predicted images that it was predicted for
     * @param precision absent where it was predicted for none
     * @param recall absent where none shows it
     * @param averagePrecision absent where none shows it
     */
    public record LabelFigures(
            String label,
            long support,
            long predicted,
            Optional<Interval> precision,
            Optional<Interval> recall,
            Optional<Interval> averagePrecision) {}

    /** The scores of one label over all images. */
    private record Ranking(int[] order, double[] scores, boolean[] relevant) {

        double averagePrecision(int[] weights) {
            return RankedPrecision.of(order, scores, relevant, weights);
        }

        /** Share of the images that show it. */
        double share(int[] weights) {
            long shown = 0;
            long all = 0;
            for (int i = 0; i < relevant.length; i++) {
                all += weights[i];
                shown += relevant[i] ? weights[i] : 0;
            }
            return (double) shown / all;
        }
    }

    public MultiLabelReport {
        labels = List.copyOf(labels);
    }

    /** Computes the report; {@code DATASET_INVALID} if no label is shown by some images and not by others. */
    public static MultiLabelReport of(List<MultiLabelImage> images, List<String> labels, double threshold) {
        int[] once = MeanPrecision.once(images.size());
        List<int[]> draws = MeanPrecision.draws(images.size());
        List<Ranking> rankings = IntStream.range(0, labels.size())
                .mapToObj(label -> ranking(images, label, labels.get(label)))
                .toList();
        List<Ranking> telling = rankings.stream()
                .filter(ranking -> ranking.share(once) > 0 && ranking.share(once) < 1)
                .toList();
        if (telling.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "No label of the model is shown by some of the %d images and not by others. Give images with and without each label."
                            .formatted(images.size()));
        }
        List<LabelFigures> figures = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            figures.add(figures(labels.get(label), rankings.get(label), threshold, once, draws));
        }
        return new MultiLabelReport(
                images.size(),
                threshold,
                interval(once, draws, weights -> mean(telling, weights, false)),
                interval(once, draws, weights -> mean(telling, weights, true)),
                figures);
    }

    private static Ranking ranking(List<MultiLabelImage> images, int label, String name) {
        double[] scores =
                images.stream().mapToDouble(image -> image.scores()[label]).toArray();
        boolean[] relevant = new boolean[scores.length];
        for (int i = 0; i < relevant.length; i++) {
            relevant[i] = images.get(i).truth().contains(name);
        }
        return new Ranking(RankedPrecision.order(scores), scores, relevant);
    }

    private static LabelFigures figures(
            String label, Ranking ranking, double threshold, int[] once, List<int[]> draws) {
        long support = 0;
        long predicted = 0;
        long both = 0;
        for (int i = 0; i < once.length; i++) {
            boolean applies = ranking.scores()[i] >= threshold;
            support += ranking.relevant()[i] ? 1 : 0;
            predicted += applies ? 1 : 0;
            both += applies && ranking.relevant()[i] ? 1 : 0;
        }
        return new LabelFigures(
                label,
                support,
                predicted,
                predicted == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(both, predicted)),
                support == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(both, support)),
                support == 0 ? Optional.empty() : Optional.of(interval(once, draws, ranking::averagePrecision)));
    }

    /** Of labels that a draw shows. */
    private static double mean(List<Ranking> rankings, int[] weights, boolean aboveShare) {
        return rankings.stream()
                .filter(ranking -> ranking.share(weights) > 0)
                .mapToDouble(ranking -> ranking.averagePrecision(weights) - (aboveShare ? ranking.share(weights) : 0))
                .average()
                .orElse(Double.NaN);
    }

    private static Interval interval(int[] once, List<int[]> draws, java.util.function.ToDoubleFunction<int[]> figure) {
        return BootstrapInterval.of(
                figure.applyAsDouble(once), draws.stream().mapToDouble(figure).toArray(), Interval.DEFAULT_LEVEL);
    }
}
