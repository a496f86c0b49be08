package dev.fovea.monitoring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.kll.KllFloatsSketch;

/**
 * A quantile sketch of any number of values in bounded memory, with a rank error of at most 0.5 % (99 % confidence),
 * and an exact sum. It is a KLL sketch (Karnin, Lang, Liberty, "Optimal Quantile Approximation in Streams", 2016). Not
 * thread-safe.
 */
final class Distribution {

    private static final int K = 800;

    private final KllFloatsSketch sketch;
    private double sum;

    Distribution() {
        this(KllFloatsSketch.newHeapInstance(K), 0);
    }

    private Distribution(KllFloatsSketch sketch, double sum) {
        this.sketch = sketch;
        this.sum = sum;
    }

    /** Takes one value in; one that is no finite number is passed over. */
    void add(double value) {
        if (Double.isFinite(value)) {
            sketch.update((float) value);
            sum += value;
        }
    }

    long count() {
        return sketch.getN();
    }

    Optional<Double> mean() {
        return sketch.isEmpty() ? Optional.empty() : Optional.of(sum / sketch.getN());
    }

    /** The value below which a share of the values lies; empty without values. */
    Optional<Double> quantile(double rank) {
        return sketch.isEmpty() ? Optional.empty() : Optional.of((double) sketch.getQuantile(rank));
    }

    void write(DataOutputStream out) throws IOException {
        byte[] bytes = sketch.toByteArray();
        out.writeDouble(sum);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Distribution read(DataInputStream in) throws IOException {
        double sum = in.readDouble();
        byte[] bytes = in.readNBytes(in.readInt());
        try {
            return new Distribution(KllFloatsSketch.heapify(MemorySegment.ofArray(bytes)), sum);
        } catch (SketchesArgumentException e) {
            throw new IOException("a sketch of %d bytes cannot be read".formatted(bytes.length), e);
        }
    }
}
