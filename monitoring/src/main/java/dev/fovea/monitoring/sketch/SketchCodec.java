package dev.fovea.monitoring.sketch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.kll.KllFloatsSketch;

/** Sketches as compressed bytes. */
public final class SketchCodec {

    private static final byte FORMAT = 1;

    private SketchCodec() {}

    /** The bytes of a sketch. */
    public static byte[] write(TrafficSketch sketch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            out.writeByte(FORMAT);
            out.writeLong(sketch.images());
            longs(out, sketch.counts());
            longs(out, sketch.sums());
            out.writeLong(sketch.embedding().count());
            longs(out, sketch.embedding().sums());
            longs(out, sketch.embedding().products());
            for (KllFloatsSketch quantiles : sketch.quantiles().sketches()) {
                byte[] own = quantiles.toByteArray();
                out.writeInt(own.length);
                out.write(own);
            }
            List<String> ids = sketch.requests().ids();
            out.writeInt(ids.size());
            for (String id : ids) {
                out.writeUTF(id);
            }
            slices(out, sketch.slices());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a sketch of these numbers.
     *
     * @throws IOException for bytes that are damaged, or of other numbers
     */
    public static TrafficSketch read(byte[] bytes, List<Coordinate> coordinates) throws IOException {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IOException("a sketch of format " + format);
            }
            long images = in.readLong();
            long[] counts = longs(in, coordinates.size());
            long[] sums = longs(in, coordinates.size());
            EmbeddingMoments embedding = new EmbeddingMoments(coordinates);
            embedding.restore(
                    in.readLong(), longs(in, embedding.sums().length), longs(in, embedding.products().length));
            Quantiles quantiles = quantiles(in, coordinates);
            SampledRequests requests = new SampledRequests();
            for (int left = in.readInt(); left > 0; left--) {
                requests.add(in.readUTF());
            }
            TrafficSketch sketch =
                    new TrafficSketch(coordinates, embedding, quantiles, requests, slices(in, coordinates));
            sketch.restore(images, counts, sums);
            return sketch;
        }
    }

    private static Quantiles quantiles(DataInputStream in, List<Coordinate> coordinates) throws IOException {
        int count = new Quantiles(coordinates).sketches().size();
        List<KllFloatsSketch> sketches = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            byte[] own = in.readNBytes(in.readInt());
            try {
                sketches.add(KllFloatsSketch.heapify(MemorySegment.ofArray(own)));
            } catch (SketchesArgumentException e) {
                throw new IOException("quantiles of %d bytes cannot be read".formatted(own.length), e);
            }
        }
        return new Quantiles(coordinates, sketches);
    }

    private static void slices(DataOutputStream out, Slices slices) throws IOException {
        out.writeInt(slices.byKind().size());
        for (var kind : slices.byKind().entrySet()) {
            out.writeUTF(kind.getKey());
            out.writeInt(kind.getValue().size());
            for (var part : kind.getValue().entrySet()) {
                out.writeUTF(part.getKey());
                out.writeLong(part.getValue().images);
                longs(out, part.getValue().counts);
                longs(out, part.getValue().sums);
            }
        }
    }

    private static Slices slices(DataInputStream in, List<Coordinate> coordinates) throws IOException {
        Slices slices = new Slices(coordinates);
        for (int kinds = in.readInt(); kinds > 0; kinds--) {
            String kind = in.readUTF();
            for (int parts = in.readInt(); parts > 0; parts--) {
                String name = in.readUTF();
                Slices.Sums sums = new Slices.Sums(slices.stored());
                sums.images = in.readLong();
                System.arraycopy(longs(in, slices.stored()), 0, sums.counts, 0, slices.stored());
                System.arraycopy(longs(in, slices.stored()), 0, sums.sums, 0, slices.stored());
                slices.restore(kind, name, sums);
            }
        }
        return slices;
    }

    private static void longs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] longs(DataInputStream in, int length) throws IOException {
        int written = in.readInt();
        if (written != length) {
            throw new IOException("%d numbers where %d were expected".formatted(written, length));
        }
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }
}
