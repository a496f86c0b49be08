package dev.fovea.datasets.similarity;

import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;

/**
 * The nearest rows of each row of embeddings by cosine: exact up to {@value #EXACT} rows, else by the HNSW graph of
 * Apache Lucene (Y. Malkov and D. Yashunin, "Efficient and robust approximate nearest neighbor search using
 * hierarchical navigable small world graphs", PAMI 2020), in memory.
 *
 * <p>Rows are copied: N × D × 4 bytes. Reading is thread-safe.
 */
public final class NearestNeighbors {

    static final int EXACT = 2000;

    private static final int CONNECTIONS = 16;
    private static final int BEAM = 64;
    private static final long SEED = 42;
    /** Minimum number of candidates that a search keeps; more find more. */
    private static final int MIN_CANDIDATES = 32;

    private final UnitRows rows;
    private final OnHeapHnswGraph graph;
    private final boolean exact;

    private NearestNeighbors(UnitRows rows, OnHeapHnswGraph graph, boolean exact) {
        this.rows = rows;
        this.graph = graph;
        this.exact = exact;
    }

    /**
     * Builds the index on the caller's thread.
     *
     * @param embeddings {@code [N][D]}, of any length
     * @throws FoveaException {@code ARGUMENT_INVALID} for rows of different size, zeros or numbers that are not finite
     */
    public static NearestNeighbors of(List<float[]> embeddings) {
        return of(embeddings, EXACT);
    }

    static NearestNeighbors of(List<float[]> embeddings, int maxExact) {
        UnitRows rows = new UnitRows(embeddings);
        boolean exact = rows.count() <= maxExact;
        try {
            OnHeapHnswGraph graph =
                    HnswGraphBuilder.create(rows, CONNECTIONS, BEAM, SEED).build(exact ? 0 : rows.count());
            return new NearestNeighbors(rows, graph, exact);
        } catch (IOException e) {
            throw new UncheckedIOException("rows in memory need no input or output", e);
        }
    }

    /** Number of rows. */
    public int size() {
        return rows.count();
    }

    /** The nearest other rows of a row, the nearest first; fewer than {@code count} in a small set. */
    public List<Neighbor> of(int row, int count) {
        List<Neighbor> found = new ArrayList<>(nearest(rows.row(row), count + 1));
        found.removeIf(neighbor -> neighbor.row() == row);
        return found.subList(0, Math.min(count, found.size()));
    }

    /** The rows nearest to an embedding, the nearest first. */
    public List<Neighbor> of(float[] embedding, int count) {
        return nearest(rows.query(embedding), count);
    }

    private List<Neighbor> nearest(int[] query, int count) {
        return exact ? scan(query, count) : search(query, count);
    }

    /** The cosine of two rows. */
    public double similarity(int left, int right) {
        return rows.cosine(left, right);
    }

    private List<Neighbor> scan(int[] query, int count) {
        return IntStream.range(0, rows.count())
                .mapToObj(row -> new Neighbor(row, rows.cosine(query, row)))
                .sorted(Comparator.comparingDouble(Neighbor::similarity).reversed())
                .limit(count)
                .toList();
    }

    private List<Neighbor> search(int[] query, int count) {
        try {
            ScoreDoc[] found = HnswGraphSearcher.search(
                            rows.scorer(query), Math.max(MIN_CANDIDATES, count), graph, null, Integer.MAX_VALUE)
                    .topDocs()
                    .scoreDocs;
            return Arrays.stream(found)
                    .limit(count)
                    .map(hit -> new Neighbor(hit.doc, rows.cosine(query, hit.doc)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("rows in memory need no input or output", e);
        }
    }
}
