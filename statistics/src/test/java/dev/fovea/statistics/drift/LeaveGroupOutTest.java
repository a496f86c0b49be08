package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeaveGroupOutTest {

    @Test
    void theErrorsOfAConstantAreThoseFromTheMeanOfAllGroups() {
        double[][] constant = {{1}, {1}, {1}, {1}, {1}};
        LeaveGroupOut.Fit fit =
                new LeaveGroupOut(constant, new int[] {1, 1, 2, 2, 3}).fit(new double[] {1, 2, 3, 4, 10});
        assertThat(fit.coefficients()).containsExactly(new double[] {4}, within(1e-12));
        assertThat(fit.errors()).containsExactly(new double[] {-3, -2, -1, 0, 6}, within(1e-12));
    }

    @Test
    void aLineOverManyGroupsIsFound() {
        double[][] x = new double[2000][];
        double[] y = new double[x.length];
        int[] groups = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[] {1, i % 7};
            y[i] = 3 - 2 * (i % 7);
            groups[i] = i / 100;
        }
        LeaveGroupOut.Fit fit = new LeaveGroupOut(x, groups).fit(y);
        // the penalty of 1 is little against 2,000 rows
        assertThat(fit.predict(new double[] {1, 5})).isCloseTo(-7, within(0.01));
        assertThat(fit.press() / x.length).isLessThan(1e-4);
    }
}
