package dev.fovea.labels.consensus;

import java.util.Arrays;

/**
 * The assignment of rows to columns of greatest weight (the Hungarian method with potentials: H. W. Kuhn, Naval
 * Research Logistics Quarterly 2 (1955) 83–97; J. Munkres, SIAM Journal 5 (1957) 32–38). Time grows with rows² times
 * columns. Pure.
 */
final class Assignment {

    private Assignment() {}

    /**
     * The column of each row, or −1 where the row has none.
     *
     * @param weights {@code [N][M]}, not negative
     */
    static int[] of(double[][] weights) {
        int rows = weights.length;
        int columns = rows == 0 ? 0 : weights[0].length;
        if (rows <= columns) {
            return assigned(weights);
        }
        double[][] turned = new double[columns][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j][i] = weights[i][j];
            }
        }
        int[] columnOf = new int[rows];
        Arrays.fill(columnOf, -1);
        int[] rowOf = assigned(turned);
        for (int j = 0; j < columns; j++) {
            columnOf[rowOf[j]] = j;
        }
        return columnOf;
    }

    /** With no more rows than columns: one row after the other is added by a shortest augmenting path. */
    private static int[] assigned(double[][] weights) {
        int rows = weights.length;
        int columns = rows == 0 ? 0 : weights[0].length;
        double[] rowPotential = new double[rows + 1];
        double[] columnPotential = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int added = 1; added <= rows; added++) {
            int[] before = new int[columns + 1];
            double[] slack = new double[columns + 1];
            boolean[] done = new boolean[columns + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            rowOf[0] = added;
            int at = 0;
            while (rowOf[at] != 0) {
                done[at] = true;
                int row = rowOf[at];
                int next = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int j = 1; j <= columns; j++) {
                    if (!done[j]) {
                        double reduced = -weights[row - 1][j - 1] - rowPotential[row] - columnPotential[j];
                        if (reduced < slack[j]) {
                            slack[j] = reduced;
                            before[j] = at;
                        }
                        if (slack[j] < least) {
                            least = slack[j];
                            next = j;
                        }
                    }
                }
                for (int j = 0; j <= columns; j++) {
                    if (done[j]) {
                        rowPotential[rowOf[j]] += least;
                        columnPotential[j] -= least;
                    } else {
                        slack[j] -= least;
                    }
                }
                at = next;
            }
            while (at != 0) {
                rowOf[at] = rowOf[before[at]];
                at = before[at];
            }
        }
        int[] columnOf = new int[rows];
        for (int j = 1; j <= columns; j++) {
            if (rowOf[j] != 0) {
                columnOf[rowOf[j] - 1] = j - 1;
            }
        }
        return columnOf;
    }
}
