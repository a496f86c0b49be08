package dev.fovea.quantize.rules;

import dev.fovea.quantize.numeric.IntegerType;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * GPTQ rounding: rounds the weights of a layer one after another; the remaining weights compensate each rounding error
 * in the layer's outputs. Source: (Frantar et al. 2023, <i>GPTQ: Accurate Post-Training Quantization for Generative
 * Pre-trained Transformers</i>, algorithm 1).
 */
public final class GptqRounding {

    /** Added to the diagonal, as a share of its mean, so that inputs that were always 0 do no harm. */
    private static final double DAMPING = 0.01;

    private final InputHessian moments;
    private final IntegerType type;
    private float[] scales = {};
    private byte[] rounded = {};

    GptqRounding(InputHessian moments, IntegerType type) {
        this.moments = moments;
        this.type = type;
    }

    /** Whether it is for rows of so many weights. */
    boolean fits(int outputs, int weights) {
        return weights == outputs * moments.length() && outputs % moments.groups() == 0;
    }

    /**
     * The integers of all weights.
     *
     * @param rows {@code [outputs, weights]}, real
     * @param scales one for each output
     * @return in the same order; not to be changed
     */
    byte[] round(float[] rows, float[] scales) {
        if (!Arrays.equals(this.scales, scales)) {
            byte[] integers = new byte[rows.length];
            int perGroup = scales.length / moments.groups();
            for (int group = 0; group < moments.groups(); group++) {
                double[][] factor = factor(moments.of(group), moments.length());
                for (int output = group * perGroup; output < (group + 1) * perGroup; output++) {
                    round(rows, output, scales[output], factor, integers);
                }
            }
            this.rounded = integers;
            this.scales = scales.clone();
        }
        return rounded;
    }

    private void round(float[] rows, int output, double scale, double[][] factor, byte[] integers) {
        int length = moments.length();
        double[] wanted = new double[length];
        for (int i = 0; i < length; i++) {
            wanted[i] = rows[output * length + i];
        }
        for (int i = 0; i < length; i++) {
            double steps = Math.clamp(Math.rint(wanted[i] / scale), -type.max(), type.max());
            integers[output * length + i] = (byte) steps;
            double off = (wanted[i] - steps * scale) / factor[i][i];
            for (int j = i + 1; j < length; j++) {
                wanted[j] -= off * factor[i][j];
            }
        }
    }

    /** The upper triangle U with {@code UᵀU} the inverse of the damped moments. */
    private static double[][] factor(float[] moments, int length) {
        double[][] matrix = new double[length][length];
        double trace = 0;
        for (int i = 0; i < length; i++) {
            trace += moments[i * length + i];
            for (int j = i; j < length; j++) {
                matrix[i][j] = moments[i * length + j];
                matrix[j][i] = matrix[i][j];
            }
        }
        double damping = Math.max(DAMPING * trace / length, Double.MIN_NORMAL);
        for (int i = 0; i < length; i++) {
            matrix[i][i] += damping;
        }
        RealMatrix inverse =
                decomposed(new Array2DRowRealMatrix(matrix, false)).getSolver().getInverse();
        return decomposed(inverse).getLT().getData();
    }

    private static CholeskyDecomposition decomposed(RealMatrix matrix) {
        return new CholeskyDecomposition(matrix, Double.POSITIVE_INFINITY, 0);
    }
}
