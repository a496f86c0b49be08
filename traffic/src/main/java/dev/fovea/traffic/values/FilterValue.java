package dev.fovea.traffic.values;

import dev.fovea.traffic.TrafficFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A value that rows are filtered by.
 *
 * @param column {@value #LABEL}, {@value #CLIENT}, or {@value #TAG} and the name of a tag
 */
public record FilterValue(String column, String value) implements Comparable<FilterValue> {

    public static final String LABEL = "label";
    public static final String CLIENT = "client";
    public static final String TAG = "tag:";

    /** The values that a filter states, besides the version. */
    public static List<FilterValue> of(TrafficFilter filter) {
        List<FilterValue> values = new ArrayList<>();
        filter.label().ifPresent(label -> values.add(new FilterValue(LABEL, label)));
        filter.client().ifPresent(client -> values.add(new FilterValue(CLIENT, client)));
        filter.tags().forEach((name, value) -> values.add(new FilterValue(TAG + name, value)));
        return values;
    }

    @Override
    public int compareTo(FilterValue other) {
        return Comparator.comparing(FilterValue::column)
                .thenComparing(FilterValue::value)
                .compare(this, other);
    }
}
