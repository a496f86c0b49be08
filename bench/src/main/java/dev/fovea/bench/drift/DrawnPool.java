package dev.fovea.bench.drift;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.Coordinate.SumScale;
import dev.fovea.statistics.drift.RandomFourierFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Numbers of images that are drawn from six classes, for where there are no real images. */
final class DrawnPool {

    private static final int COUNT = 3000;
    private static final int CLASSES = 6;
    private static final int EMBEDDING = 16;
    private static final int JOINT = 32;
    private static final List<String> MEASURES = List.of(
            "brightness",
            "contrast",
            "clipped dark",
            "clipped bright",
            "colorfulness",
            "saturation",
            "sharpness",
            "noise",
            "blockiness",
            "jpeg quality",
            "aspect",
            "file size");

    private DrawnPool() {}

    static ImagePool pool() {
        RandomGenerator random = new SplittableRandom(1);
        List<Coordinate> coordinates = coordinates();
        int inputs = MEASURES.size() + EMBEDDING;
        RandomFourierFeatures joint = new RandomFourierFeatures(inputs, JOINT, Math.sqrt(inputs), 3);
        double[][] centres = new double[CLASSES][inputs];
        for (double[] centre : centres) {
            for (int k = 0; k < inputs; k++) {
                centre[k] = random.nextGaussian() * (k < MEASURES.size() ? 0.5 : 1.5);
            }
        }
        double[][] rows = new double[COUNT][coordinates.size()];
        int[] classes = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            classes[i] = random.nextInt(CLASSES);
            double light = random.nextGaussian();
            double[] input = new double[inputs];
            for (int k = 0; k < inputs; k++) {
                boolean measure = k < MEASURES.size();
                double value = centres[classes[i]][k]
                        + (measure ? 0.6 * light + 0.8 * random.nextGaussian() : random.nextGaussian());
                rows[i][k] = measure && k % 3 == 1 ? Math.exp(value) : value; // some are skewed
                input[k] = rows[i][k] / 1.5;
            }
            double confidence = 1 - 0.3 * Math.exp(-3 * Math.abs(random.nextGaussian() + 1));
            rows[i][inputs] = confidence;
            rows[i][inputs + 1] = -Math.log(confidence) + 0.05 * Math.abs(random.nextGaussian());
            int predicted = random.nextDouble() < 0.9 ? classes[i] : random.nextInt(CLASSES);
            rows[i][inputs + 2 + predicted] = 1;
            joint.write(input, rows[i], inputs + 2 + CLASSES);
        }
        return ImagePool.of(coordinates, rows, classes, CLASSES);
    }

    private static List<Coordinate> coordinates() {
        List<Coordinate> coordinates = new ArrayList<>();
        MEASURES.forEach(name -> coordinates.add(coordinate(Aspect.IMAGE, name)));
        for (int k = 0; k < EMBEDDING; k++) {
            coordinates.add(coordinate(Aspect.EMBEDDING, "embedding " + k));
        }
        coordinates.add(coordinate(Aspect.OUTPUT, "confidence"));
        coordinates.add(coordinate(Aspect.OUTPUT, "entropy"));
        for (int c = 0; c < CLASSES; c++) {
            coordinates.add(coordinate(Aspect.LABELS, "label " + c));
        }
        for (int f = 0; f < JOINT; f++) {
            coordinates.add(coordinate(Aspect.JOINT, "feature " + f));
        }
        return coordinates;
    }

    private static Coordinate coordinate(Aspect aspect, String name) {
        return new Coordinate(aspect, name, SumScale.LINEAR, "");
    }
}
