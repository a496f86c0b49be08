package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.runtime.session.OutputTensor;

/**
 * The mask of one detection: a sum of prototypes, each times a coefficient, whose sigmoid is above one half (Bolya et
 * al. 2019, YOLACT, arXiv:1904.02689, eq. 1). The sum is interpolated at the centres of the image's own pixels and cut
 * to the box, as Ultralytics' {@code process_mask_native} does. Pure.
 */
final class PrototypeMask {

    private final OutputTensor prototypes;
    private final float[] coefficients;
    private final int height;
    private final int width;

    /**
     * A mask.
     *
     * @param prototypes {@code [M,h,w]}, over the whole input of the network
     * @param coefficients {@code [M]}
     */
    PrototypeMask(OutputTensor prototypes, float[] coefficients) {
        this.prototypes = prototypes;
        this.coefficients = coefficients;
        this.height = prototypes.length(1);
        this.width = prototypes.length(2);
    }

    /** The mask over the whole image; pixels whose centres are outside the box do not belong to it. */
    Mask in(ImageTransform placement, Box box) {
        ImageSize size = placement.image();
        int left = Math.max(0, (int) Math.ceil(box.x1() - 0.5));
        int right = Math.min(size.width(), (int) Math.ceil(box.x2() - 0.5));
        int top = Math.max(0, (int) Math.ceil(box.y1() - 0.5));
        int bottom = Math.min(size.height(), (int) Math.ceil(box.y2() - 0.5));
        MaskBuilder mask = new MaskBuilder(size);
        if (left >= right || top >= bottom) {
            return mask.build();
        }
        double[] rows = new double[bottom - top];
        for (int y = top; y < bottom; y++) {
            rows[y - top] = cell(placement.inputY(y + 0.5), placement.input().height(), height);
        }
        float[] sum = sum((int) rows[0], Math.min(height, (int) rows[rows.length - 1] + 2));
        for (int x = left; x < right; x++) {
            double column = cell(placement.inputX(x + 0.5), placement.input().width(), width);
            addColumn(mask, x * size.height() + top, column, rows, sum);
        }
        return mask.build();
    }

    /** Where a coordinate of the input lies among the centres of the prototypes' cells, clamped to their edge. */
    private static double cell(double input, int inputLength, int cells) {
        return Math.clamp(input * cells / inputLength - 0.5, 0.0, cells - 1.0);
    }

    private void addColumn(MaskBuilder mask, int start, double column, double[] rows, float[] sum) {
        int x = (int) column;
        int next = Math.min(x + 1, width - 1);
        double share = column - x;
        int begin = -1;
        for (int i = 0; i < rows.length; i++) {
            int y = (int) rows[i];
            int below = Math.min(y + 1, height - 1);
            double upper = sum[y * width + x] * (1 - share) + sum[y * width + next] * share;
            double lower = sum[below * width + x] * (1 - share) + sum[below * width + next] * share;
            boolean inside = upper + (rows[i] - y) * (lower - upper) > 0;
            if (inside && begin < 0) {
                begin = i;
            } else if (!inside && begin >= 0) {
                mask.add(start + begin, i - begin);
                begin = -1;
            }
        }
        if (begin >= 0) {
            mask.add(start + begin, rows.length - begin);
        }
    }

    /** The weighted sum {@code [h,w]}, reckoned for some rows only. */
    private float[] sum(int from, int to) {
        float[] sum = new float[height * width];
        for (int m = 0; m < coefficients.length; m++) {
            int plane = m * height * width;
            for (int i = from * width; i < to * width; i++) {
                sum[i] += coefficients[m] * prototypes.values()[plane + i];
            }
        }
        return sum;
    }
}
