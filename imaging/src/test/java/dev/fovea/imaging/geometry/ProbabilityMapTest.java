package dev.fovea.imaging.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbabilityMapTest {

    /** A ring with a cell inside; two cells that touch at a corner. */
    private static final String MAP = """
            .......
            .#####.
            .#...#.
            .#.#.#.
            .#...#.
            .#####.
            .......
            ..#....
            ...#...""";

    @Test
    void shouldFindRegionsInsideOthersAndJoinAtCorners() {
        try (ProbabilityMap map = map()) {
            assertThat(map.contours(0.5))
                    .extracting(contour -> contour.getFirst())
                    .containsExactlyInAnyOrder(new Point(2, 7), new Point(3, 3), new Point(1, 1));
            assertThat(map.contours(0.9)).isEmpty();
        }
    }

    @Test
    void shouldAverageCellsInAndOnAPolygonCutToTheMap() {
        try (ProbabilityMap map = map()) {
            List<Point> square = List.of(new Point(1, 1), new Point(5, 1), new Point(5, 5), new Point(1, 5));
            assertThat(map.mean(square)).isCloseTo(17 * 0.9 / 25, within(1e-6));
            List<Point> beyond = List.of(new Point(-9, 8), new Point(20, 8), new Point(20, 30), new Point(-9, 30));
            assertThat(map.mean(beyond)).isCloseTo(0.9 / 7, within(1e-6));
        }
    }

    private static ProbabilityMap map() {
        String cells = MAP.replace("\n", "");
        float[] values = new float[cells.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cells.charAt(i) == '#' ? 0.9f : 0;
        }
        return new ProbabilityMap(values, 9, 7);
    }
}
