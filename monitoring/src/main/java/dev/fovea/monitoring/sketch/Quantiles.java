package dev.fovea.monitoring.sketch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.datasketches.kll.KllFloatsSketch;

/**
 * Quantiles of measures and outputs, with a rank error of at most 1.7 % (99 % confidence) however many sketches were
 * merged. Source: Z. Karnin, K. Lang, E. Liberty, "Optimal quantile approximation in streams", FOCS 2016. Not
 * thread-safe.
 */
public final class Quantiles {

    private static final int K = 200;

    private final List<Coordinate> coordinates;
    /** In the order of the coordinates that have one. */
    private final List<KllFloatsSketch> sketches;

    private final List<Integer> places = new ArrayList<>();

    Quantiles(List<Coordinate> coordinates) {
        this(coordinates, fresh(coordinates));
    }

    Quantiles(List<Coordinate> coordinates, List<KllFloatsSketch> sketches) {
        this.coordinates = coordinates;
        this.sketches = new ArrayList<>(sketches);
        for (int j = 0; j < coordinates.size(); j++) {
            if (has(coordinates.get(j))) {
                places.add(j);
            }
        }
    }

    private static boolean has(Coordinate coordinate) {
        return coordinate.aspect() == Aspect.IMAGE || coordinate.aspect() == Aspect.OUTPUT;
    }

    private static List<KllFloatsSketch> fresh(List<Coordinate> coordinates) {
        return coordinates.stream()
                .filter(Quantiles::has)
                .map(ignored -> KllFloatsSketch.newHeapInstance(K))
                .toList();
    }

    void add(double[] numbers) {
        for (int s = 0; s < sketches.size(); s++) {
            double number = numbers[places.get(s)];
            if (!Double.isNaN(number)) {
                sketches.get(s).update((float) number);
            }
        }
    }

    void merge(Quantiles other) {
        for (int s = 0; s < sketches.size(); s++) {
            sketches.get(s).merge(other.sketches.get(s));
        }
    }

    List<KllFloatsSketch> sketches() {
        return sketches;
    }

    /** The plain value below which a share of the images lies; empty for a coordinate without quantiles or images. */
    public Optional<Double> quantile(String coordinate, double rank) {
        for (int s = 0; s < sketches.size(); s++) {
            Coordinate own = coordinates.get(places.get(s));
            if (own.name().equals(coordinate) && !sketches.get(s).isEmpty()) {
                return Optional.of(own.scale().plain(sketches.get(s).getQuantile(rank)));
            }
        }
        return Optional.empty();
    }
}
