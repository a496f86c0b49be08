package dev.fovea.traffic.values;

import dev.fovea.traffic.TrafficTally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The figures of a file's rows by frequent labels, clients and tags. A Parquet file has them in its metadata, by day
 * and version, so that a month of a busy camera is summed up without reading rows.
 *
 * @param rows of the file
 * @param frequent the figures of all rows with a value
 * @param rare columns that have other values than those too
 */
public record ValueTallies(long rows, SortedMap<FilterValue, TrafficTally> frequent, SortedSet<String> rare) {

    /** The key of the metadata. */
    public static final String KEY = "fovea.tally.values";

    private static final int FORMAT = 1;

    /**
     * The figures of the rows that have all of some values; empty where only the rows can tell.
     *
     * @param wanted at least one value
     */
    public Optional<TrafficTally> of(List<FilterValue> wanted) {
        List<FilterValue> limiting = new ArrayList<>();
        for (FilterValue value : wanted) {
            TrafficTally tally = frequent.get(value);
            if (tally == null && !rare.contains(value.column())) {
                return Optional.of(new TrafficTally()); // no row has it
            }
            if (tally == null || tally.rows() < rows) {
                limiting.add(value);
            }
        }
        // a value that all rows have leaves nothing out
        return limiting.size() > 1
                ? Optional.empty()
                : Optional.ofNullable(frequent.get(limiting.isEmpty() ? wanted.getFirst() : limiting.getFirst()));
    }

    /** As text, for the metadata of a file. */
    public String write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeByte(FORMAT);
            out.writeLong(rows);
            out.writeInt(rare.size());
            for (String column : rare) {
                out.writeUTF(column);
            }
            out.writeInt(frequent.size());
            for (Map.Entry<FilterValue, TrafficTally> value : frequent.entrySet()) {
                out.writeUTF(value.getKey().column());
                out.writeUTF(value.getKey().value());
                ByteArrayOutputStream tally = new ByteArrayOutputStream();
                value.getValue().write(new DataOutputStream(tally));
                out.writeInt(tally.size());
                tally.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /**
     * The tallies of a text, of which those of other values are left out.
     *
     * @throws IOException for a text that has none
     */
    public static ValueTallies read(String text, Collection<FilterValue> wanted) throws IOException {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text))))) {
            if (in.readByte() != FORMAT) {
                throw new IOException("the tallies have an unknown format");
            }
            long rows = in.readLong();
            SortedSet<String> rare = new TreeSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                rare.add(in.readUTF());
            }
            SortedMap<FilterValue, TrafficTally> frequent = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                FilterValue value = new FilterValue(in.readUTF(), in.readUTF());
                int bytes = in.readInt();
                if (wanted.contains(value)) {
                    frequent.put(value, TrafficTally.read(in));
                } else {
                    in.skipNBytes(bytes);
                }
            }
            return new ValueTallies(rows, frequent, rare);
        } catch (IllegalArgumentException e) {
            throw new IOException("the tallies are no base 64", e);
        }
    }
}
