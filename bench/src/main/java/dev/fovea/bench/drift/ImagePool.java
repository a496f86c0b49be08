package dev.fovea.bench.drift;

import dev.fovea.monitoring.sketch.Coordinate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Images that traffic is drawn from, by class and in the order of their brightness, so that a part of the day can show
 * more of some classes, or darker images.
 *
 * @param coordinates what the numbers of an image are; the first is the brightness
 * @param byClass {@code [classes][images][coordinates]}
 */
@SuppressWarnings("ArrayRecordComponent") // large, not compared
record ImagePool(List<Coordinate> coordinates, double[][][] byClass) {

    /**
     * Of images of the first classes.
     *
     * @param rows {@code [images][coordinates]}
     * @param classes of the images
     * @param count number of classes; images of others are left out
     */
    static ImagePool of(List<Coordinate> coordinates, double[][] rows, int[] classes, int count) {
        double[][][] byClass = new double[count][][];
        for (int c = 0; c < count; c++) {
            int own = c;
            byClass[c] = IntStream.range(0, rows.length)
                    .filter(i -> classes[i] == own)
                    .mapToObj(i -> rows[i])
                    .sorted(Comparator.comparingDouble(row -> row[0]))
                    .toArray(double[][]::new);
        }
        return new ImagePool(coordinates, byClass);
    }

    int classes() {
        return byClass.length;
    }

    int images() {
        return Arrays.stream(byClass).mapToInt(images -> images.length).sum();
    }

    /** An image of a class; {@code bias} from -1, darker, to 1, brighter. */
    double[] draw(int label, double bias, RandomGenerator random) {
        double[][] images = byClass[label];
        int place = random.nextInt(images.length);
        if (bias != 0 && random.nextDouble() < Math.abs(bias)) {
            int other = random.nextInt(images.length);
            place = bias > 0 ? Math.max(place, other) : Math.min(place, other);
        }
        return images[place];
    }

    /** An image of a class that is as bright as a share of the class's images, about. */
    double[] near(int label, double brightness, RandomGenerator random) {
        double[][] images = byClass[label];
        int spread = Math.max(1, images.length / 8);
        int place = (int) (brightness * images.length) + random.nextInt(2 * spread + 1) - spread;
        return images[Math.clamp(place, 0, images.length - 1)];
    }
}
