package dev.fovea.bench.drift;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The numbers of images as a table that other tools read. */
final class PeerColumns {

    private PeerColumns() {}

    /** Whether other tools see a number: random features are Fovea's own. */
    static boolean isShown(Coordinate coordinate) {
        return coordinate.aspect() != Aspect.JOINT;
    }

    /** Writes comma-separated values with a line of names; numbers that an image does not have are empty. */
    static void write(Path file, List<Coordinate> coordinates, List<double[]> rows) throws IOException {
        int[] shown = IntStream.range(0, coordinates.size())
                .filter(j -> isShown(coordinates.get(j)))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(IntStream.of(shown).mapToObj(j -> coordinates.get(j).name()).collect(Collectors.joining(",")));
        for (double[] row : rows) {
            lines.add(IntStream.of(shown)
                    .mapToObj(j -> Double.isNaN(row[j]) ? "" : String.format(Locale.ROOT, "%.6g", row[j]))
                    .collect(Collectors.joining(",")));
        }
        Files.write(file, lines);
    }
}
