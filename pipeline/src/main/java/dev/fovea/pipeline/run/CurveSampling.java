package dev.fovea.pipeline.run;

import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * A curve of bounded length, however long a training takes: when it is full, neighbours become one point with their
 * mean value. Not thread-safe.
 */
final class CurveSampling {

    /** More than a chart has pixels for, and few enough to write again every few seconds. */
    static final int MAX_POINTS = 256;

    private final String metric;
    private final List<MetricPoint> points = new ArrayList<>();
    private final List<MetricPoint> pending = new ArrayList<>();
    private int stride = 1;

    CurveSampling(String metric) {
        this.metric = metric;
    }

    void add(MetricPoint point) {
        pending.add(point);
        if (pending.size() < stride) {
            return;
        }
        points.add(mean(pending));
        pending.clear();
        if (points.size() == MAX_POINTS) {
            List<MetricPoint> halved = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 2) {
                halved.add(mean(points.subList(i, i + 2)));
            }
            points.clear();
            points.addAll(halved);
            stride *= 2;
        }
    }

    /** All points so far; the last one is there at once. */
    MetricCurve curve() {
        List<MetricPoint> all = new ArrayList<>(points);
        if (!pending.isEmpty()) {
            all.add(mean(pending));
        }
        return new MetricCurve(metric, all);
    }

    /** At the last one's step. */
    private static MetricPoint mean(List<MetricPoint> some) {
        MetricPoint last = some.getLast();
        double value = some.stream().mapToDouble(MetricPoint::value).average().orElseThrow();
        return new MetricPoint(last.step(), last.epoch(), last.seconds(), value);
    }
}
