package dev.fovea.pipeline.anomaly;

import dev.fovea.model.anomaly.AnomalyMap;
import dev.fovea.model.anomaly.PlaceGaussians;
import dev.fovea.statistics.anomaly.FeatureGaussian;
import dev.fovea.statistics.anomaly.FeatureMoments;
import java.util.stream.IntStream;

/**
 * The Gaussians of all places, and what each image scores by Gaussians that were fitted without it: those of the other
 * folds.
 *
 * @param gaussians of all images
 * @param scores out of fold, by image
 */
record LearnedGaussians(PlaceGaussians gaussians, double[] scores) {

    private static final double RIDGE = 0.01;
    static final int FOLDS = 5;

    static LearnedGaussians of(FeatureFile features, AnomalyMap map) {
        int places = features.places();
        int d = features.dimensions();
        float[] means = new float[places * d];
        float[] whitening = new float[places * d * d];
        double[][] distances = new double[features.images()][places];
        IntStream.range(0, places).parallel().forEach(place -> {
            FeatureGaussian all = fit(features.place(place), place, distances);
            write(all, place, means, whitening);
        });
        double[] scores = IntStream.range(0, features.images())
                .mapToDouble(i -> map.score(distances[i]))
                .toArray();
        return new LearnedGaussians(new PlaceGaussians(means, whitening), scores);
    }

    /** Fits a place; distances of its images are those from the Gaussians of the other folds. */
    private static FeatureGaussian fit(float[][] samples, int place, double[][] distances) {
        int folds = Math.min(FOLDS, samples.length);
        double[] origin = FeatureMoments.mean(samples);
        FeatureMoments[] parts = new FeatureMoments[folds];
        for (int fold = 0; fold < folds; fold++) {
            parts[fold] = new FeatureMoments(origin);
            for (int image = fold; image < samples.length; image += folds) {
                parts[fold].add(samples[image]);
            }
        }
        for (int fold = 0; fold < folds; fold++) {
            FeatureMoments others = new FeatureMoments(origin);
            for (int other = 0; other < folds; other++) {
                if (other != fold) {
                    others.add(parts[other]);
                }
            }
            FeatureGaussian gaussian = FeatureGaussian.of(others, RIDGE);
            for (int image = fold; image < samples.length; image += folds) {
                distances[image][place] = gaussian.distance(samples[image]);
            }
        }
        FeatureMoments all = new FeatureMoments(origin);
        for (FeatureMoments part : parts) {
            all.add(part);
        }
        return FeatureGaussian.of(all, RIDGE);
    }

    /** The graph multiplies rows by W's transpose. */
    private static void write(FeatureGaussian gaussian, int place, float[] means, float[] whitening) {
        int d = gaussian.dimensions();
        for (int i = 0; i < d; i++) {
            means[place * d + i] = (float) gaussian.mean(i);
            for (int j = 0; j < d; j++) {
                whitening[(place * d + j) * d + i] = (float) gaussian.whitening(i, j);
            }
        }
    }
}
