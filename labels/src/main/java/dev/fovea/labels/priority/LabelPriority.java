package dev.fovea.labels.priority;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.sampling.DiverseSelection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses the images whose labels teach most: those of which the model is unsure, that came in often, and that are
 * unlike what is labelled and unlike one another. The images of the greatest {@code uncertainty × (1 + ln seen)} are
 * candidates, ten for each to be chosen; among them {@link DiverseSelection} chooses by embeddings of length 1.
 * Deterministic.
 */
public final class LabelPriority {

    private static final int CANDIDATES = 10;

    /** Labelled images that candidates are compared with; of more, so many are drawn. */
    private static final int MAX_LABELLED = 5000;

    private final long seed;

    /**
     * A selection.
     *
     * @param seed of ties between images of equal weight, and of the labelled images that are drawn
     */
    public LabelPriority(long seed) {
        this.seed = seed;
    }

    /**
     * What is known of the images.
     *
     * @param images {@code [N]}
     * @param embeddings {@code [N,D]}
     * @param unsure {@code [N]}, how unsure the model in production is, in [0, 1]; empty where there is none
     */
    public record LabelCandidates(List<UnlabelledImage> images, FeatureMatrix embeddings, Optional<double[]> unsure) {

        public LabelCandidates {
            images = List.copyOf(images);
            int rows = embeddings.rows();
            if (images.size() != rows || unsure.map(p -> p.length).orElse(rows) != rows) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%d images, %d embeddings and %d uncertainties; there must be one of each for each image."
                                .formatted(
                                        images.size(),
                                        rows,
                                        unsure.map(p -> p.length).orElse(rows)));
            }
        }
    }

    /**
     * The images to label, the most valuable first.
     *
     * @param labelled embeddings {@code [M,D]} of the images that are labelled; empty where there are none
     * @param budget how many
     * @return fewer where the other images equal labelled ones, or the model is certain of them
     */
    public List<ImagePriority> choose(LabelCandidates candidates, Optional<FeatureMatrix> labelled, int budget) {
        int images = candidates.images().size();
        double[] unsure = candidates.unsure().orElseGet(() -> ones(images));
        double[] weights = new double[images];
        for (int i = 0; i < images; i++) {
            weights[i] = unsure[i]
                    * (1 + Math.log((double) candidates.images().get(i).seen()));
        }
        int[] pool = pool(weights, (int) Math.min(images, (long) CANDIDATES * budget));
        return DiverseSelection.choose(
                        candidates.embeddings().select(pool).normalized(),
                        Arrays.stream(pool).mapToDouble(i -> weights[i]).toArray(),
                        labelled.map(this::drawn).map(FeatureMatrix::normalized),
                        budget,
                        seed)
                .stream()
                .map(choice -> {
                    int i = pool[choice.item()];
                    UnlabelledImage image = candidates.images().get(i);
                    return new ImagePriority(
                            image.image(),
                            choice.value(),
                            unsure[i],
                            Math.sqrt(choice.squaredDistance()),
                            image.seen(),
                            candidates.unsure().isPresent());
                })
                .toList();
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The images of the greatest weights; those of equal weight in a random order. */
    private int[] pool(double[] weights, int size) {
        int[] shuffled = shuffled(weights.length);
        return Arrays.stream(shuffled)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -weights[i]))
                .limit(size)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private FeatureMatrix drawn(FeatureMatrix labelled) {
        return labelled.rows() <= MAX_LABELLED
                ? labelled
                : labelled.select(Arrays.copyOf(shuffled(labelled.rows()), MAX_LABELLED));
    }

    private int[] shuffled(int length) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, length).toArray();
        for (int i = length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
