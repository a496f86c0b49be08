package dev.fovea.datasets.similarity;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Embeddings of length 1 as whole numbers of 15 bits and a sign: the compiler vectorizes sums of products of
 * {@code int}, four times as fast here, but not those of {@code float}. A cosine is wrong by less than 0.0001.
 * Immutable.
 */
final class UnitRows implements RandomVectorScorerSupplier {

    private static final int ONE = Short.MAX_VALUE;

    private final int[][] rows;

    UnitRows(List<float[]> embeddings) {
        List<int[]> units = new ArrayList<>(embeddings.size());
        for (float[] embedding : embeddings) {
            units.add(unit(embedding, embeddings.getFirst().length, units.size()));
        }
        this.rows = units.toArray(int[][]::new);
    }

    private static int[] unit(float[] embedding, int dimensions, int row) {
        double squares = 0;
        for (float value : embedding) {
            squares += (double) value * value;
        }
        if (embedding.length != dimensions || !(squares > 0) || !Double.isFinite(squares)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The embedding%s has %d numbers with a sum of squares of %s. Give rows of %d finite numbers, not all zero."
                            .formatted(row < 0 ? "" : " of row " + row, embedding.length, squares, dimensions));
        }
        double scale = ONE / Math.sqrt(squares);
        int[] unit = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            unit[i] = (int) Math.rint(embedding[i] * scale);
        }
        return unit;
    }

    int count() {
        return rows.length;
    }

    int[] row(int row) {
        return rows[row];
    }

    /** An embedding as these rows are; {@code ARGUMENT_INVALID} for another size. */
    int[] query(float[] embedding) {
        return unit(embedding, rows.length == 0 ? embedding.length : rows[0].length, -1);
    }

    float cosine(int[] query, int row) {
        return dot(query, rows[row]) / ((float) ONE * ONE);
    }

    /** Cosine. No sum overflows: it is at most the product of two lengths, 32767² and the rounding. */
    float cosine(int left, int right) {
        return dot(rows[left], rows[right]) / ((float) ONE * ONE);
    }

    private static int dot(int[] left, int[] right) {
        int sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    @Override
    public UpdateableRandomVectorScorer scorer() {
        return new Scorer();
    }

    /** Scores against an embedding that need not be a row. */
    RandomVectorScorer scorer(int[] query) {
        Scorer scorer = new Scorer();
        scorer.query = query;
        return scorer;
    }

    @Override
    public RandomVectorScorerSupplier copy() {
        return this;
    }

    /** Lucene's scores are not negative: (1 + cosine) / 2. */
    private final class Scorer implements UpdateableRandomVectorScorer {

        private int[] query = {};

        @Override
        public void setScoringOrdinal(int node) {
            query = rows[node];
        }

        @Override
        public float score(int node) {
            return Math.max(0, (1 + cosine(query, node)) / 2);
        }

        @Override
        public int maxOrd() {
            return rows.length;
        }
    }
}
