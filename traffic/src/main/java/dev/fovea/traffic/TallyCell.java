package dev.fovea.traffic;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.imaging.quality.InputMeasures;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of one version in one hour, or of several together. Sums lose nothing. Not thread-safe. */
public final class TallyCell {

    /** Labels beyond these are counted together. */
    static final int MAX_LABELS = 1000;

    static final String OTHERS = "(others)";
    static final int PERCENT = 100;

    private static final int LONGEST_LABEL = 1 << 12;

    private long rows;
    private long cached;
    private long escalated;
    private long fallbacks;
    private final long[] confidences = new long[PERCENT + 1];
    private final LogHistogram micros = new LogHistogram();
    private final SortedMap<String, LabelTally> labels = new TreeMap<>();
    private final Map<InputMeasure, MeasureTally> measures = new EnumMap<>(InputMeasure.class);

    TallyCell() {
        for (InputMeasure measure : InputMeasure.values()) {
            measures.put(measure, new MeasureTally(0, 0, 0));
        }
    }

    /**
     * How often a label was predicted.
     *
     * @param score the sum of its scores
     */
    public record LabelTally(long count, double score) {
        LabelTally plus(LabelTally other) {
            return new LabelTally(count + other.count, score + other.score);
        }
    }

    /**
     * Sums of a measure.
     *
     * @param count of images that have it
     * @param sum of the values
     * @param squares the sum of their squares
     */
    public record MeasureTally(long count, double sum, double squares) {
        MeasureTally plus(MeasureTally other) {
            return new MeasureTally(count + other.count, sum + other.sum, squares + other.squares);
        }

        /** The mean; NaN without values. */
        public double mean() {
            return count == 0 ? Double.NaN : sum / count;
        }

        /** The standard deviation; NaN without values. */
        public double deviation() {
            return count == 0 ? Double.NaN : Math.sqrt(Math.max(0, squares / count - mean() * mean()));
        }
    }

    void add(LoggedPrediction row) {
        addRows(
                1,
                row.routing().cache() == LoggedRouting.CacheResult.HIT
                                || row.routing().cache() == LoggedRouting.CacheResult.SIMILAR_HIT
                        ? 1
                        : 0,
                row.hasVersion() && row.routing().escalated() ? 1 : 0,
                row.routing().role() == LoggedRouting.Role.FALLBACK ? 1 : 0);
        row.output()
                .best()
                .map(LoggedLabel::score)
                .filter(score -> !score.isNaN())
                .ifPresent(score -> addConfidence(Math.round(score * PERCENT), 1));
        micros.add(LogHistogram.bucket(row.times().total() / 1000.0), 1);
        row.output().labels().forEach(label -> addLabel(label.label(), new LabelTally(1, finite(label.score()))));
        Optional<InputMeasures> seen = row.image().observed().measures();
        seen.ifPresent(values -> {
            for (InputMeasure measure : InputMeasure.values()) {
                measure.of(values).ifPresent(value -> addMeasure(measure, new MeasureTally(1, value, value * value)));
            }
        });
    }

    private static double finite(double score) {
        return Double.isNaN(score) ? 0 : score;
    }

    void addRows(long more, long moreCached, long moreEscalated, long moreFallbacks) {
        rows += more;
        cached += moreCached;
        escalated += moreEscalated;
        fallbacks += moreFallbacks;
    }

    void addConfidence(int percent, long count) {
        confidences[Math.clamp(percent, 0, PERCENT)] += count;
    }

    void addMicros(int bucket, long count) {
        micros.add(bucket, count);
    }

    void addLabel(String label, LabelTally tally) {
        String counted = labels.size() < MAX_LABELS || labels.containsKey(label) ? label : OTHERS;
        labels.merge(counted, tally, LabelTally::plus);
    }

    void addMeasure(InputMeasure measure, MeasureTally tally) {
        measures.merge(measure, tally, MeasureTally::plus);
    }

    void add(TallyCell other) {
        addRows(other.rows, other.cached, other.escalated, other.fallbacks);
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] += other.confidences[i];
        }
        micros.add(other.micros);
        other.labels.forEach(this::addLabel);
        other.measures.forEach(this::addMeasure);
    }

    /** Predictions. */
    public long rows() {
        return rows;
    }

    /** Predictions that ran no network. */
    public long cached() {
        return cached;
    }

    /** Predictions of which the caller got that of a larger model. */
    public long escalated() {
        return escalated;
    }

    /** Predictions for a model that failed. */
    public long fallbacks() {
        return fallbacks;
    }

    /**
     * A quantile of the best label's score, within 0.005; NaN without scores.
     *
     * @param share 0 to 1
     */
    public double confidence(double share) {
        long count = 0;
        for (long bucket : confidences) {
            count += bucket;
        }
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int percent = 0; percent <= PERCENT; percent++) {
            seen += confidences[percent];
            if (seen >= rank) {
                return percent / (double) PERCENT;
            }
        }
        return Double.NaN;
    }

    /** The mean of the best label's score, within 0.005; NaN without scores. */
    public double meanConfidence() {
        double sum = 0;
        long count = 0;
        for (int percent = 0; percent <= PERCENT; percent++) {
            sum += (double) percent * confidences[percent] / PERCENT;
            count += confidences[percent];
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Times from the request to the response, in microseconds. */
    public LogHistogram micros() {
        return micros;
    }

    /** Labels that were predicted: one per image for a classifier, one per object for a detector. */
    public SortedMap<String, LabelTally> labels() {
        return Collections.unmodifiableSortedMap(labels);
    }

    /** A measure of the images. */
    public MeasureTally measure(InputMeasure measure) {
        return Objects.requireNonNull(measures.get(measure));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(rows);
        out.writeLong(cached);
        out.writeLong(escalated);
        out.writeLong(fallbacks);
        for (long bucket : confidences) {
            out.writeLong(bucket);
        }
        micros.write(out);
        out.writeInt(labels.size());
        for (Map.Entry<String, LabelTally> label : labels.entrySet()) {
            String text = label.getKey();
            out.writeUTF(text.length() > LONGEST_LABEL ? text.substring(0, LONGEST_LABEL) : text);
            out.writeLong(label.getValue().count());
            out.writeDouble(label.getValue().score());
        }
        out.writeByte(measures.size());
        for (Map.Entry<InputMeasure, MeasureTally> measure : measures.entrySet()) {
            out.writeUTF(measure.getKey().name());
            out.writeLong(measure.getValue().count());
            out.writeDouble(measure.getValue().sum());
            out.writeDouble(measure.getValue().squares());
        }
    }

    static TallyCell read(DataInput in) throws IOException {
        TallyCell cell = new TallyCell();
        cell.addRows(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        for (int percent = 0; percent <= PERCENT; percent++) {
            cell.confidences[percent] = in.readLong();
        }
        cell.micros.read(in);
        int labels = in.readInt();
        for (int i = 0; i < labels; i++) {
            cell.labels.put(in.readUTF(), new LabelTally(in.readLong(), in.readDouble()));
        }
        int measures = in.readUnsignedByte();
        for (int i = 0; i < measures; i++) {
            InputMeasure measure = LoggedPredictionCodec.named(InputMeasure.values(), in);
            cell.measures.put(measure, new MeasureTally(in.readLong(), in.readDouble(), in.readDouble()));
        }
        return cell;
    }
}
