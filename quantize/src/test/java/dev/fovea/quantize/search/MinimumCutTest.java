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
    void shouldCutTheCheapestEdges() {
        assertThat(sourcePartition(4)).containsExactly(MinimumCut.SOURCE, 2, 3);
        assertThat(sourcePartition(2)).containsExactly(MinimumCut.SOURCE, 2);
    }

    /** Of two points, the first better off with the source and the second with the sink. */
    private static Set<Integer> sourcePartition(double parting) {
        MinimumCut cut = new MinimumCut();
        int one = cut.point();
        int other = cut.point();
        cut.edge(MinimumCut.SOURCE, one, 10);
        cut.edge(one, MinimumCut.SINK, 1);
        cut.edge(MinimumCut.SOURCE, other, 2);
        cut.edge(other, MinimumCut.SINK, 5);
        cut.edge(one, other, parting);
        return cut.sourcePartition();
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
        Set<Integer> partition = cut.sourcePartition();
        assertThat(partition).contains(MinimumCut.SOURCE).doesNotContain(MinimumCut.SINK);
        int found = partition.stream().mapToInt(point -> 1 << point).sum();
        double min = Double.POSITIVE_INFINITY;
        for (int partitions = 0; partitions < 1 << points; partitions++) {
            if ((partitions & 1 << MinimumCut.SOURCE) != 0 && (partitions & 1 << MinimumCut.SINK) == 0) {
                min = Math.min(min, cost(edges, partitions));
            }
        }
        assertThat(cost(edges, found)).isCloseTo(min, within(1e-6));
    }

    private static double cost(List<Edge> edges, int partitions) {
        return edges.stream()
                .filter(edge -> (partitions >> edge.from() & 1) == 1 && (partitions >> edge.to() & 1) == 0)
                .mapToDouble(Edge::cost)
                .sum();
    }
}
