package dev.fovea.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveSamplingTest {

    private static MetricCurve line(int points) {
        CurveSampling sampling = new CurveSampling("train_loss");
        for (int step = 1; step <= points; step++) {
            sampling.add(new MetricPoint(step, 1 + step / 100, step / 10.0, step));
        }
        return sampling.curve();
    }

    @Test
    void shouldKeepEveryPointOfAShortTraining() {
        assertThat(line(3).points())
                .containsExactly(
                        new MetricPoint(1, 1, 0.1, 1), new MetricPoint(2, 1, 0.2, 2), new MetricPoint(3, 1, 0.3, 3));
    }

    @Test
    void shouldStayBoundedAndKeepTheShapeOfALongOne() {
        List<MetricPoint> points = line(100_001).points();
        assertThat(points).hasSizeBetween(CurveSampling.MAX_POINTS / 2, CurveSampling.MAX_POINTS);
        assertThat(points.getLast().step()).isEqualTo(100_001);
        assertThat(points.getFirst().value()).isLessThan(1_000);
        // means of neighbours of a line lie half a stride before their last step
        int stride = points.get(1).step() - points.getFirst().step();
        assertThat(points.get(10).value()).isCloseTo(points.get(10).step() - (stride - 1) / 2.0, within(1e-9));
        assertThat(points).isSortedAccordingTo((a, b) -> Integer.compare(a.step(), b.step()));
    }
}
