package dev.fovea.pipeline.anomaly;

import dev.fovea.model.anomaly.AnomalyMap;
import dev.fovea.model.anomaly.MemoryBank;
import dev.fovea.statistics.anomaly.GreedyCoreset;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The memory bank of all images, and what each image scores by a bank that was chosen without it: from the other folds.
 *
 * @param bank of all images
 * @param scores out of fold, by image
 */
record LearnedBank(MemoryBank bank, double[] scores) {

    private static final int PATCHES = 800;

    /** The bank is chosen from so many random patches, which bounds the time for any number of images. */
    private static final int CANDIDATES = 10_000;

    static LearnedBank of(FeatureFile features, AnomalyMap map, long seed) {
        int images = features.images();
        int folds = Math.min(LearnedGaussians.FOLDS, images);
        double[] scores = new double[images];
        for (int fold = 0; fold < folds; fold++) {
            int left = fold;
            MemoryBank bank = bank(
                    features,
                    IntStream.range(0, images).filter(i -> i % folds != left).toArray(),
                    seed);
            IntStream.range(0, images)
                    .filter(i -> i % folds == left)
                    .parallel()
                    .forEach(i -> scores[i] = map.score(distances(bank, features, i)));
        }
        return new LearnedBank(bank(features, IntStream.range(0, images).toArray(), seed), scores);
    }

    private static MemoryBank bank(FeatureFile features, int[] images, long seed) {
        Random random = new Random(seed);
        int places = features.places();
        int d = features.dimensions();
        float[][] candidates = random.ints(0, images.length * places)
                .distinct()
                .limit(Math.min(CANDIDATES, images.length * places))
                .mapToObj(patch -> features.patch(images[patch / places], patch % places))
                .toArray(float[][]::new);
        float[] means = new float[d];
        float[] inverses = new float[d];
        for (int k = 0; k < d; k++) {
            double sum = 0;
            double squares = 0;
            for (float[] candidate : candidates) {
                sum += candidate[k];
                squares += (double) candidate[k] * candidate[k];
            }
            double mean = sum / candidates.length;
            double deviation = Math.sqrt(Math.max(0, squares / candidates.length - mean * mean));
            means[k] = (float) mean;
            // a channel that is the same everywhere says nothing
            inverses[k] = deviation > 1e-6 ? (float) (1 / deviation) : 0;
            for (float[] candidate : candidates) {
                candidate[k] = (candidate[k] - means[k]) * inverses[k];
            }
        }
        int[] chosen = GreedyCoreset.of(candidates, PATCHES, seed);
        float[] patches = new float[chosen.length * d];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(candidates[chosen[i]], 0, patches, i * d, d);
        }
        return new MemoryBank(means, inverses, patches);
    }

    /** As the graph computes them. */
    private static double[] distances(MemoryBank bank, FeatureFile features, int image) {
        int d = features.dimensions();
        float[] doubled = bank.doubled();
        float[] squares = bank.squares();
        double[] distances = new double[features.places()];
        float[] closeness = new float[squares.length];
        for (int place = 0; place < distances.length; place++) {
            float[] patch = features.patch(image, place);
            for (int j = 0; j < closeness.length; j++) {
                closeness[j] = -squares[j];
            }
            double length = 0;
            for (int k = 0; k < d; k++) {
                float value = (patch[k] - bank.means()[k]) * bank.inverses()[k];
                length += value * value;
                int row = k * closeness.length;
                for (int j = 0; j < closeness.length; j++) {
                    closeness[j] += value * doubled[row + j];
                }
            }
            float closest = Float.NEGATIVE_INFINITY;
            for (float each : closeness) {
                closest = Math.max(closest, each);
            }
            distances[place] = Math.sqrt(Math.max(0, length - closest));
        }
        return distances;
    }
}
