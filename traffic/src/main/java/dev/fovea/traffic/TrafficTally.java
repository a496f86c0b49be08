package dev.fovea.traffic;

import dev.fovea.imaging.quality.InputMeasure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The figures of a model's traffic by version and hour. Each Parquet file has those of its rows in its metadata, so
 * that a month is summed up without reading rows. Sums lose nothing. Not thread-safe.
 */
public final class TrafficTally {

    /** The key of the metadata. */
    public static final String KEY = "fovea.tally";

    private static final int FORMAT = 1;
    private static final long HOUR_SECONDS = 3600;

    private final SortedMap<Slot, TallyCell> cells = new TreeMap<>();

    /**
     * A version in an hour.
     *
     * @param hour since the epoch, in UTC
     * @param version its number; {@value LoggedPrediction#NO_VERSION} for responses that no version gave
     */
    public record Slot(long hour, int version) implements Comparable<Slot> {

        /** When the hour begins. */
        public Instant start() {
            return Instant.ofEpochSecond(hour * HOUR_SECONDS);
        }

        static long hourOf(Instant time) {
            return Math.floorDiv(time.getEpochSecond(), HOUR_SECONDS);
        }

        @Override
        public int compareTo(Slot other) {
            return Comparator.comparingLong(Slot::hour)
                    .thenComparingInt(Slot::version)
                    .compare(this, other);
        }
    }

    /** Adds a row. */
    public void add(LoggedPrediction row) {
        cell(Slot.hourOf(row.time()), row.version().version()).add(row);
    }

    /** Adds the figures of other rows. */
    public void add(TrafficTally other) {
        other.cells.forEach((slot, cell) -> cell(slot.hour(), slot.version()).add(cell));
    }

    private TallyCell cell(long hour, int version) {
        return cells.computeIfAbsent(new Slot(hour, version), absent -> new TallyCell());
    }

    /** Adds rows that were counted elsewhere. */
    public void addRows(Slot slot, long rows, long cached, long escalated, long fallbacks) {
        cell(slot.hour(), slot.version()).addRows(rows, cached, escalated, fallbacks);
    }

    /** Adds scores of best labels, in percent. */
    public void addConfidence(Slot slot, int percent, long count) {
        cell(slot.hour(), slot.version()).addConfidence(percent, count);
    }

    /** Adds times, by the rounded logarithm of the microseconds divided by {@code 0.02}. */
    public void addMicros(Slot slot, int bucket, long count) {
        cell(slot.hour(), slot.version()).addMicros(bucket, count);
    }

    /** Adds a label. */
    public void addLabel(Slot slot, String label, TallyCell.LabelTally tally) {
        cell(slot.hour(), slot.version()).addLabel(label, tally);
    }

    /** Adds a measure. */
    public void addMeasure(Slot slot, InputMeasure measure, TallyCell.MeasureTally tally) {
        cell(slot.hour(), slot.version()).addMeasure(measure, tally);
    }

    /** Only the hours that begin in a time, and only some versions. */
    public TrafficTally within(TrafficFilter filter) {
        TrafficTally part = new TrafficTally();
        long first = Slot.hourOf(filter.from());
        cells.forEach((slot, cell) -> {
            boolean inTime = slot.hour() >= first && slot.start().isBefore(filter.to());
            if (inTime
                    && filter.version()
                            .map(version -> version == slot.version())
                            .orElse(true)) {
                part.cells.put(slot, cell);
            }
        });
        return part;
    }

    /** By hour, then version. */
    public SortedMap<Slot, TallyCell> cells() {
        return Collections.unmodifiableSortedMap(cells);
    }

    /** The figures of each version over all hours. */
    public SortedMap<Integer, TallyCell> versions() {
        SortedMap<Integer, TallyCell> versions = new TreeMap<>();
        cells.forEach((slot, cell) -> versions.computeIfAbsent(slot.version(), absent -> new TallyCell())
                .add(cell));
        return versions;
    }

    /** By the beginning of each stretch of hours, and version. */
    public SortedMap<Slot, TallyCell> every(int hours) {
        SortedMap<Slot, TallyCell> stretches = new TreeMap<>();
        cells.forEach((slot, cell) -> stretches
                .computeIfAbsent(
                        new Slot(Math.floorDiv(slot.hour(), hours) * hours, slot.version()), absent -> new TallyCell())
                .add(cell));
        return stretches;
    }

    /** All predictions. */
    public long rows() {
        return cells.values().stream().mapToLong(TallyCell::rows).sum();
    }

    /** As text, for the metadata of a file. */
    public String write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeByte(FORMAT);
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** As bytes of something larger. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(cells.size());
        for (Map.Entry<Slot, TallyCell> cell : cells.entrySet()) {
            out.writeLong(cell.getKey().hour());
            out.writeInt(cell.getKey().version());
            cell.getValue().write(out);
        }
    }

    /**
     * The tally of a text.
     *
     * @throws IOException for a text that is none
     */
    public static TrafficTally read(String text) throws IOException {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text))))) {
            if (in.readByte() != FORMAT) {
                throw new IOException("the tally has an unknown format");
            }
            return read(in);
        } catch (IllegalArgumentException e) {
            throw new IOException("the tally is no base 64", e);
        }
    }

    /** The tally that was written as bytes. */
    public static TrafficTally read(DataInput in) throws IOException {
        TrafficTally tally = new TrafficTally();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            tally.cells.put(new Slot(in.readLong(), in.readInt()), TallyCell.read(in));
        }
        return tally;
    }
}
