package dev.fovea.quantize.search;

import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.alg.flow.DinicMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/**
 * Minimum s-t cut of a directed graph by JGraphT's Dinic algorithm. The cost is the sum over edges from the source's
 * part to the sink's part.
 */
final class MinimumCut {

    static final int SOURCE = 0;
    static final int SINK = 1;

    private final SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);

    MinimumCut() {
        graph.addVertex(SOURCE);
        graph.addVertex(SINK);
    }

    /** A new point. */
    int point() {
        int point = graph.vertexSet().size();
        graph.addVertex(point);
        return point;
    }

    /** Adds to the cost of having the first point with the source and the second with the sink. */
    void edge(int from, int to, double cost) {
        DefaultWeightedEdge edge = graph.getEdge(from, to);
        double before = edge == null ? 0 : graph.getEdgeWeight(edge);
        graph.setEdgeWeight(edge == null ? graph.addEdge(from, to) : edge, before + cost);
    }

    /** The points with the source, the fewest of all minimum cuts. */
    Set<Integer> sourcePartition() {
        DinicMFImpl<Integer, DefaultWeightedEdge> flow = new DinicMFImpl<>(graph);
        flow.calculateMinCut(SOURCE, SINK);
        return new TreeSet<>(flow.getSourcePartition());
    }
}
