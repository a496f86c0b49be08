package dev.fovea.model.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AxisMatrixTest {

    private static final Offset<Double> NEAR = within(1e-6);

    private static final double[] SMOOTHED = {0.058423, 0.2421053, 0.4000141, 0.278497, 0.521375, 2.3721324, 5.1274532};

    /** PyTorch: {@code F.interpolate(torch.tensor([[[1., 2, 4]]]), size=n, mode="linear")}. */
    @Test
    void shouldResizeAsPyTorchDoes() {
        assertThat(applied(AxisMatrix.bilinear(3, 6), 1, 2, 4))
                .containsExactly(new double[] {1, 1.25, 1.75, 2.5, 3.5, 4}, NEAR);
        assertThat(applied(AxisMatrix.bilinear(3, 2), 1, 2, 4)).containsExactly(new double[] {1.25, 3.5}, NEAR);
    }

    /** SciPy: {@code gaussian_filter1d([0., 0, 1, 0, 0, 0, 8], 1)}. */
    @Test
    void shouldSmoothAsSciPyDoes() {
        assertThat(applied(AxisMatrix.gaussian(7, 1), 0, 0, 1, 0, 0, 0, 8)).containsExactly(SMOOTHED, NEAR);
    }

    @Test
    void shouldAverageWhatNeighboursThereAre() {
        assertThat(applied(AxisMatrix.neighbours(4), 0, 6, 0, 3)).containsExactly(new double[] {3, 2, 3, 1.5}, NEAR);
    }

    @Test
    void shouldBeOneMatrixForAnyFiltersInTurn() {
        AxisMatrix both = AxisMatrix.gaussian(6, 1.5).after(AxisMatrix.bilinear(3, 6));
        double[] inTurn = applied(AxisMatrix.gaussian(6, 1.5), applied(AxisMatrix.bilinear(3, 6), 1, 2, 4));
        assertThat(applied(both, 1, 2, 4)).containsExactly(inTurn, NEAR);
    }

    /** A map of one row: the other axis stays as it is. */
    private static double[] applied(AxisMatrix matrix, double... values) {
        return AxisMatrix.filter(AxisMatrix.bilinear(1, 1), values, matrix);
    }
}
