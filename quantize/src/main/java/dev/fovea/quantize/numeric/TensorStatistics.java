package dev.fovea.quantize.numeric;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What was seen of one tensor. Ranges are found once: each takes many looks at the histogram. */
public final class TensorStatistics {

    private final ValueHistogram values;
    private final ChannelMeans channels;
    private final Map<CalibrationMethod, Range> ranges = new EnumMap<>(CalibrationMethod.class);
    private final Map<Double, TensorStatistics> raised = new HashMap<>();

    public TensorStatistics() {
        this(new ValueHistogram(), new ChannelMeans());
    }

    private TensorStatistics(ValueHistogram values, ChannelMeans channels) {
        this.values = values;
        this.channels = channels;
    }

    /** The same of a tensor whose values below a negative number count as that number. */
    public TensorStatistics notBelow(double floor) {
        return values.min() >= floor
                ? this
                : raised.computeIfAbsent(floor, each -> new TensorStatistics(values.notBelow(each), channels));
    }

    /** Adds a tensor {@code [N, C, …]}; must precede the first range. */
    public void add(float[] seen, long[] shape) {
        values.add(seen);
        channels.add(seen, shape);
    }

    public boolean isEmpty() {
        return values.total() == 0;
    }

    /** The mean of each channel. */
    public double[] channelMeans() {
        return channels.means();
    }

    Range range(CalibrationMethod method) {
        return ranges.computeIfAbsent(method, each -> each.range(values));
    }

    /** Mean squared error that integers over a range make. */
    double squaredError(Range range) {
        return CalibrationMethod.squaredError(values, range);
    }
}
