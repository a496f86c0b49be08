package dev.fovea.monitoring.accuracy;

import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.List;
import java.util.Optional;

/** What was observed of images as numbers, for those that have both measures or both embeddings. Pure. */
final class ImageFeatures {

    private static final int MEASURES = 10;

    private ImageFeatures() {}

    /**
     * Rows for images, where each has the same of measures and embedding.
     *
     * @return empty where an image has neither, or they differ in what they have
     */
    static Optional<FeatureMatrix> of(List<ImageObservation> images) {
        if (images.isEmpty()) {
            return Optional.empty();
        }
        boolean measured = images.stream().allMatch(image -> image.measures().isPresent());
        int dimensions = images.getFirst().embedding().length;
        boolean embedded = dimensions > 0 && images.stream().allMatch(image -> image.embedding().length == dimensions);
        int columns = (measured ? MEASURES : 0) + (embedded ? dimensions : 0);
        if (columns == 0) {
            return Optional.empty();
        }
        float[] values = new float[images.size() * columns];
        int at = 0;
        for (ImageObservation image : images) {
            if (measured) {
                at = add(image.measures().orElseThrow(), values, at);
            }
            if (embedded) {
                System.arraycopy(image.embedding(), 0, values, at, dimensions);
                at += dimensions;
            }
        }
        return finite(values) ? Optional.of(FeatureMatrix.of(images.size(), columns, values)) : Optional.empty();
    }

    private static int add(InputMeasures measures, float[] values, int from) {
        int at = from;
        values[at++] = (float) measures.tones().brightness();
        values[at++] = (float) measures.tones().contrast();
        values[at++] = (float) measures.tones().dark();
        values[at++] = (float) measures.tones().bright();
        values[at++] = (float) measures.colors().colorfulness();
        values[at++] = (float) measures.colors().saturation();
        values[at++] = (float) Math.log1p(Math.max(0, measures.detail().sharpness()));
        values[at++] = (float) Math.log1p(Math.max(0, measures.detail().noise()));
        values[at++] = (float) measures.detail().blockiness();
        values[at++] = (float)
                Math.log((double) measures.file().width() * measures.file().height());
        return at;
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
