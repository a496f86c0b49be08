package dev.fovea.quantize.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Minimum s-t cut of a directed graph by Dinic's algorithm. The cost is the sum over edges from the source's part to
 * the sink's part.
 */
final class MinimumCut {

    static final int SOURCE = 0;
    static final int SINK = 1;

    /** Below this a way carries nothing: sums of floating-point capacities do not come out even. */
    private static final double NOTHING = 1e-9;

    private final List<List<Edge>> edges = new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>()));

    /** An edge and the one back, of which each carries what the other gave up. */
    private static final class Edge {
        private final int to;
        private double capacity;
        private Edge back;

        private Edge(int to, double capacity) {
            this.to = to;
            this.capacity = capacity;
            this.back = this;
        }
    }

    /** A new point. */
    int point() {
        edges.add(new ArrayList<>());
        return edges.size() - 1;
    }

    /** So much is paid when the first is with the source and the second with the sink. */
    void edge(int from, int to, double cost) {
        Edge there = new Edge(to, cost);
        Edge back = new Edge(from, 0);
        there.back = back;
        back.back = there;
        edges.get(from).add(there);
        edges.get(to).add(back);
    }

    /** The points with the source. Called once. */
    Set<Integer> sourcePartition() {
        int[] distances = distances();
        while (distances[SINK] >= 0) {
            int[] next = new int[edges.size()];
            while (push(SOURCE, Double.POSITIVE_INFINITY, distances, next) > 0) {
                // until no shortest way carries more
            }
            distances = distances();
        }
        Set<Integer> partition = new TreeSet<>();
        for (int point = 0; point < distances.length; point++) {
            if (distances[point] >= 0) {
                partition.add(point);
            }
        }
        return partition;
    }

    /** Edges from the source that still carry something; -1 where none lead. */
    private int[] distances() {
        int[] distances = new int[edges.size()];
        Arrays.fill(distances, -1);
        distances[SOURCE] = 0;
        Deque<Integer> reached = new ArrayDeque<>(List.of(SOURCE));
        while (!reached.isEmpty()) {
            int point = reached.remove();
            for (Edge edge : edges.get(point)) {
                if (edge.capacity > NOTHING && distances[edge.to] < 0) {
                    distances[edge.to] = distances[point] + 1;
                    reached.add(edge.to);
                }
            }
        }
        return distances;
    }

    private double push(int from, double max, int[] distances, int[] next) {
        if (from == SINK) {
            return max;
        }
        List<Edge> leaving = edges.get(from);
        for (; next[from] < leaving.size(); next[from]++) {
            Edge edge = leaving.get(next[from]);
            if (edge.capacity > NOTHING && distances[edge.to] == distances[from] + 1) {
                double pushed = push(edge.to, Math.min(max, edge.capacity), distances, next);
                if (pushed > 0) {
                    edge.capacity -= pushed;
                    edge.back.capacity += pushed;
                    return pushed;
                }
            }
        }
        return 0;
    }
}
