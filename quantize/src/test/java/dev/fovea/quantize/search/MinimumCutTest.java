package dev.fovea.quantize.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinimumCutTest {

    private record Edge(int from, int to, double cost) {}

    @Test
    void shouldKeepTogetherWhatIsDearToPartAndPartWhatIsCheap() {
        assertThat(sourceSide(4)).containsExactly(MinimumCut.SOURCE, 2, 3);
        assertThat(sourceSide(2)).containsExactly(MinimumCut.SOURCE, 2);
    }

    /** Of two points, the first better off with the source and the second with the sink. */
    private static Set<Integer> sourceSide(double parting) {
        MinimumCut cut = new MinimumCut();
        int one = cut.point();
        int other = cut.point();
        cut.edge(MinimumCut.SOURCE, one, 10);
        cut.edge(one, MinimumCut.SINK, 1);
        cut.edge(MinimumCut.SOURCE, other, 2);
        cut.edge(other, MinimumCut.SINK, 5);
        cut.edge(one, other, parting);
        return cut.sourceSide();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldCostAsLittleAsTheBestOfAllWaysToPart(int seed) {
        Random random = new Random(seed);
        int points = 9;
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(points);
            int to = random.nextInt(points);
            if (from != to && to != MinimumCut.SOURCE && from != MinimumCut.SINK) {
                edges.add(new Edge(from, to, random.nextInt(4) == 0 ? 1e3 : random.nextDouble()));
            }
        }
        MinimumCut cut = new MinimumCut();
        for (int i = 2; i < points; i++) {
            cut.point();
        }
        edges.forEach(edge -> cut.edge(edge.from(), edge.to(), edge.cost()));
        Set<Integer> side = cut.sourceSide();
        assertThat(side).contains(MinimumCut.SOURCE).doesNotContain(MinimumCut.SINK);
        int found = side.stream().mapToInt(point -> 1 << point).sum();
        double least = Double.POSITIVE_INFINITY;
        for (int sides = 0; sides < 1 << points; sides++) {
            if ((sides & 1 << MinimumCut.SOURCE) != 0 && (sides & 1 << MinimumCut.SINK) == 0) {
                least = Math.min(least, cost(edges, sides));
            }
        }
        assertThat(cost(edges, found)).isCloseTo(least, within(1e-6));
    }

    private static double cost(List<Edge> edges, int sides) {
        return edges.stream()
                .filter(edge -> (sides >> edge.from() & 1) == 1 && (sides >> edge.to() & 1) == 0)
                .mapToDouble(Edge::cost)
                .sum();
    }
}
