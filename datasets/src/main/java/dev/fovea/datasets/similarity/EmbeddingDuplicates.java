package dev.fovea.datasets.similarity;

import dev.fovea.imaging.descriptor.ImageDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Near duplicates by embedding: pairs of rows with a cosine of at least a threshold. They find what a perceptual hash
 * does not, such as cropped images. Deterministic; pure but for the time it takes: a row costs one search.
 */
public final class EmbeddingDuplicates {

    /**
     * The threshold for {@link ImageDescriptor} and photographs. Of 1,264 photographs (imagenet-120, coco64, every
     * fourth of flowers5) 95 % of the variants of each kind of {@code ImageVariant} are above 0.96, and no other
     * photograph above 0.957. Where images look alike, as steel surfaces do, most of them are above it: use
     * {@link SimilarityThreshold} to see whether it tells anything.
     */
    public static final double DESCRIPTOR_THRESHOLD = 0.965;

    private static final int NEIGHBORS = 16;
    /** By how much a mirrored image must be more similar than the image as it is. */
    private static final double MIRRORED = 0.005;

    /**
     * Two rows.
     *
     * @param left the smaller index
     * @param right the larger index
     * @param similarity cosine
     */
    public record Pair(int left, int right, double similarity) {}

    private EmbeddingDuplicates() {}

    /** Pairs of rows with a similarity of at least the threshold; of each row, the {@value #NEIGHBORS} nearest. */
    public static List<Pair> pairs(NearestNeighbors neighbors, double threshold) {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (int row = 0; row < neighbors.size(); row++) {
            for (Neighbor near : neighbors.of(row, NEIGHBORS)) {
                int left = Math.min(row, near.row());
                int right = Math.max(row, near.row());
                if (near.similarity() >= threshold) {
                    pairs.add(new Pair(left, right, near.similarity()));
                }
            }
        }
        return List.copyOf(pairs);
    }

    /**
     * The pairs that are not mirror images of each other.
     *
     * @param descriptors of each row, by {@link ImageDescriptor}; many classifiers' embeddings hardly tell a mirrored
     *     image from the original
     */
    public static List<Pair> upright(List<Pair> pairs, List<float[]> descriptors) {
        return pairs.stream()
                .filter(pair -> !isMirrored(descriptors.get(pair.left()), descriptors.get(pair.right())))
                .toList();
    }

    private static boolean isMirrored(float[] left, float[] right) {
        return dot(ImageDescriptor.mirrored(left), right) > dot(left, right) + MIRRORED;
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }
}
