package dev.fovea.serving.cache;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.Polygon;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import dev.fovea.runtime.session.Timings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Reads back what {@link CachedResponseWriter} wrote. What does not fit the manifest or itself is an
 * {@code IllegalArgumentException} or {@code FoveaException}, what ends early a {@code BufferUnderflowException}; no
 * more memory is taken than the bytes at hand can fill.
 */
final class CachedResponseReader {

    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;
    private static final int LAST_SHIFT = 28;

    private final Manifest manifest;
    private final ByteBuffer in;

    CachedResponseReader(Manifest manifest, ByteBuffer in) {
        this.manifest = manifest;
        this.in = in;
    }

    Prediction read() {
        ImageHeader image =
                new ImageHeader(ImageFormat.valueOf(name()), positive(), positive(), in.get(), in.get() == 1);
        CachedResponseKind kind = CachedResponseKind.valueOf(name());
        Prediction prediction = new Prediction(result(kind), image, Timings.NONE, observation());
        require(!in.hasRemaining());
        return prediction;
    }

    private ImageObservation observation() {
        float[] embedding = floats();
        return new ImageObservation(flag() ? Optional.of(measures()) : Optional.empty(), embedding);
    }

    private InputMeasures measures() {
        return new InputMeasures(
                new InputTones(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble()),
                new InputColors(in.getDouble(), in.getDouble()),
                new InputDetail(in.getDouble(), in.getDouble(), in.getDouble()),
                file());
    }

    private InputFile file() {
        return new InputFile(
                ImageFormat.valueOf(name()),
                positive(),
                positive(),
                number(),
                quality(number()),
                flag() ? Optional.of(name()) : Optional.empty());
    }

    private static OptionalInt quality(int stored) {
        return stored == CachedResponseWriter.NO_QUALITY ? OptionalInt.empty() : OptionalInt.of(stored);
    }

    private boolean flag() {
        return in.get() == 1;
    }

    private PredictionResult result(CachedResponseKind kind) {
        return switch (kind) {
            case ONE_LABEL -> oneLabel();
            case LABELS -> labels();
            case TASKS -> tasks();
            case DETECTIONS -> objects(new Decoded.Detections(list(this::detection)));
            case TEXT_REGIONS -> objects(new Decoded.TextRegions(list(this::text)));
            case CLASS_REGIONS -> objects(new Decoded.ClassRegions(list(this::region)));
            case EMBEDDING -> new PredictionResult.EmbeddingResult(floats());
            case TENSORS -> new PredictionResult.TensorResult(list(this::tensor));
        };
    }

    private PredictionResult oneLabel() {
        if (!(manifest.postprocessing() instanceof Postprocessing.OneLabel one)) {
            throw new IllegalArgumentException("a classification of a model that does not classify");
        }
        return new PredictionResult.LabelResult(
                new Classification(
                        manifest.labels(), outputs(manifest.labels().size()), one.activation(), one.temperature()),
                flag() ? Optional.of(heatMap()) : Optional.empty());
    }

    private PredictionResult tasks() {
        if (!(manifest.postprocessing() instanceof Postprocessing.MultiTask(List<TaskHead> heads))) {
            throw new IllegalArgumentException("labels of tasks of a model that has none");
        }
        return new PredictionResult.MultiTaskResult(heads.stream()
                .map(head -> new PredictionResult.TaskClassification(
                        head.task(),
                        new Classification(head.labels(), outputs(head.labels().size()), head.temperature())))
                .toList());
    }

    /** What a network gave for so many labels. */
    private float[] outputs(int labels) {
        float[] outputs = floats();
        require(outputs.length == labels);
        for (float output : outputs) {
            require(Float.isFinite(output));
        }
        return outputs;
    }

    private HeatMap heatMap() {
        return new HeatMap(new Size(positive(), positive()), floats());
    }

    private PredictionResult labels() {
        double threshold = in.getDouble();
        return new PredictionResult.MultiLabelResult(list(this::ranked), threshold);
    }

    private Ranked ranked() {
        return new Ranked(manifest.labels().get(number()), in.getDouble());
    }

    private PredictionResult objects(Decoded decoded) {
        return new PredictionResult.ObjectResult(decoded, manifest.labels());
    }

    private Detection detection() {
        return new Detection(
                label(),
                in.getDouble(),
                new Box(in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat()),
                in.get() == 1 ? Optional.of(mask()) : Optional.empty());
    }

    private TextRegion text() {
        return new TextRegion(in.getDouble(), new Polygon(list(() -> new Point(in.getFloat(), in.getFloat()))));
    }

    private ClassRegion region() {
        return new ClassRegion(label(), mask());
    }

    private Mask mask() {
        return Mask.of(new ImageSize(number(), number()), list(this::number));
    }

    private int label() {
        int label = number();
        require(label < manifest.labels().size());
        return label;
    }

    private Tensor tensor() {
        String name = name();
        String type = name();
        long[] shape = new long[length()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.getLong();
        }
        return new Tensor(name, DataType.valueOf(type), shape, ByteBuffer.wrap(bytes(length())));
    }

    private String name() {
        return new String(bytes(length()), StandardCharsets.UTF_8);
    }

    private float[] floats() {
        float[] values = new float[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getFloat();
        }
        return values;
    }

    private <T> List<T> list(Supplier<T> element) {
        int length = length();
        List<T> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            list.add(element.get());
        }
        return list;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** A count of things that take a byte or more each. */
    private int length() {
        int length = number();
        require(length <= in.remaining());
        return length;
    }

    private int positive() {
        int value = number();
        require(value > 0);
        return value;
    }

    private int number() {
        int value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            require(shift <= LAST_SHIFT);
            value |= (next & LOW_BITS) << shift;
            shift += 7;
        } while ((next & MORE) != 0);
        require(value >= 0);
        return value;
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("the bytes are not a prediction");
        }
    }
}
