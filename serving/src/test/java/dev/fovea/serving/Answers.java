package dev.fovea.serving;

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
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.cache.CachedResponseKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Answers of every kind, drawn from a random source, and requests for them. */
public final class Answers {

    public static final int LABELS = 5;
    public static final Bundle BUNDLE = bundle("a".repeat(64), LABELS);
    public static final Manifest MANIFEST = BUNDLE.manifest();

    private static final Postprocessing.MultiTask TASKS = new Postprocessing.MultiTask(List.of(
            new TaskHead("colour", "colour", List.of("red", "blue", "green"), 1.7),
            new TaskHead("cut", "cut", List.of("slim", "wide"), 0.9)));

    private Answers() {}

    /** Of a model that gives answers of a kind. */
    public static Manifest manifest(CachedResponseKind kind) {
        return kind == CachedResponseKind.TASKS
                ? new Manifest(
                        "shirts",
                        TASKS.labels(),
                        Optional.empty(),
                        TASKS,
                        Optional.empty(),
                        Lineage.imported("test", "test", "test"),
                        List.of(),
                        new TreeMap<>())
                : MANIFEST;
    }

    public static Bundle bundle(String id, int labels) {
        List<String> names =
                IntStream.range(0, labels).mapToObj(i -> "label-" + i).toList();
        return new Bundle(
                Path.of("nowhere"),
                id,
                new Manifest(
                        "shirts",
                        names,
                        Optional.empty(),
                        new Postprocessing.OneLabel(Activation.SOFTMAX, 1.7),
                        Optional.empty(),
                        Lineage.imported("test", "test", "test"),
                        List.of(),
                        new TreeMap<>()));
    }

    /** Of the version that answers. */
    public static final VersionId VERSION = new VersionId("shirts", 1);

    public static PredictionRequest request(byte[] image) {
        return request(image, CacheUse.DEFAULT, Deadline.in(Duration.ofSeconds(30)));
    }

    public static PredictionRequest request(byte[] image, CacheUse use, Deadline deadline) {
        return new PredictionRequest(
                new PredictionTarget("shirts", Optional.empty(), Optional.empty()),
                image,
                Priority.NORMAL,
                deadline,
                use,
                RequestDetails.OWN);
    }

    /** A classification of so many labels. */
    public static Prediction prediction(int labels, float first) {
        float[] logits = new float[labels];
        logits[0] = first;
        return prediction(new PredictionResult.LabelResult(
                new Classification(bundle("b", labels).manifest().labels(), logits, 1.7)));
    }

    public static Prediction prediction(PredictionResult result) {
        return new Prediction(
                result,
                new ImageHeader(ImageFormat.JPEG, 640, 480, 6, false),
                new Timings(1, 2, 3, 4, 5),
                ImageObservation.NONE);
    }

    public static Prediction random(CachedResponseKind kind, Random random) {
        ImageFormat[] formats = ImageFormat.values();
        return new Prediction(
                result(kind, random),
                new ImageHeader(
                        formats[random.nextInt(formats.length)],
                        1 + random.nextInt(100_000),
                        1 + random.nextInt(100_000),
                        1 + random.nextInt(8),
                        random.nextBoolean()),
                Timings.NONE,
                observation(random));
    }

    private static ImageObservation observation(Random random) {
        float[] embedding = new float[random.nextInt(ImageObservation.MAX_DIMENSIONS + 1)];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = (float) random.nextGaussian();
        }
        return new ImageObservation(random.nextBoolean() ? Optional.of(measures(random)) : Optional.empty(), embedding);
    }

    private static InputMeasures measures(Random random) {
        return new InputMeasures(
                new InputTones(
                        255 * random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()),
                new InputColors(random.nextDouble(), random.nextDouble()),
                new InputDetail(1e4 * random.nextDouble(), random.nextDouble(), 1 + random.nextDouble()),
                new InputFile(
                        ImageFormat.values()[random.nextInt(ImageFormat.values().length)],
                        1 + random.nextInt(100_000),
                        1 + random.nextInt(100_000),
                        random.nextInt(1 << 28),
                        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(100)) : OptionalInt.empty(),
                        random.nextBoolean() ? Optional.of("NIKON CORPORATION D\u00e990") : Optional.empty()));
    }

    private static PredictionResult result(CachedResponseKind kind, Random random) {
        return switch (kind) {
            case ONE_LABEL ->
                new PredictionResult.LabelResult(
                        new Classification(MANIFEST.labels(), floats(LABELS, random), 1.7),
                        random.nextBoolean()
                                ? Optional.of(new HeatMap(new Size(2, 3), floats(6, random)))
                                : Optional.empty());
            case LABELS ->
                new PredictionResult.MultiLabelResult(
                        MANIFEST.labels().stream()
                                .map(label -> new Ranked(label, random.nextDouble()))
                                .sorted(Comparator.comparingDouble(Ranked::confidence)
                                        .reversed())
                                .toList(),
                        random.nextDouble());
            case TASKS ->
                new PredictionResult.MultiTaskResult(TASKS.heads().stream()
                        .map(head -> new PredictionResult.TaskClassification(
                                head.task(),
                                new Classification(
                                        head.labels(), floats(head.labels().size(), random), head.temperature())))
                        .toList());
            case DETECTIONS -> objects(new Decoded.Detections(many(random, Answers::detection)));
            case TEXT_REGIONS -> objects(new Decoded.TextRegions(many(random, Answers::text)));
            case CLASS_REGIONS ->
                objects(new Decoded.ClassRegions(many(random, r -> new ClassRegion(r.nextInt(LABELS), mask(r)))));
            case EMBEDDING -> new PredictionResult.EmbeddingResult(floats(random.nextInt(300), random));
            case TENSORS -> new PredictionResult.TensorResult(many(random, Answers::tensor));
        };
    }

    private static PredictionResult objects(Decoded decoded) {
        return new PredictionResult.ObjectResult(decoded, MANIFEST.labels());
    }

    private static <T> List<T> many(Random random, java.util.function.Function<Random, T> one) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            list.add(one.apply(random));
        }
        return list;
    }

    private static Detection detection(Random random) {
        float x = random.nextFloat(1000);
        float y = random.nextFloat(1000);
        return new Detection(
                random.nextInt(LABELS),
                random.nextDouble(),
                new Box(x, y, x + random.nextFloat(100), y + random.nextFloat(100)),
                random.nextBoolean() ? Optional.of(mask(random)) : Optional.empty());
    }

    private static TextRegion text(Random random) {
        List<Point> points = new ArrayList<>();
        int count = 3 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            points.add(new Point(random.nextFloat(1000), random.nextFloat(1000)));
        }
        return new TextRegion(random.nextDouble(), new Polygon(points));
    }

    static Mask mask(Random random) {
        ImageSize size = new ImageSize(1 + random.nextInt(300), 1 + random.nextInt(300));
        List<Integer> runs = new ArrayList<>();
        int left = size.width() * size.height();
        while (left > 0) {
            int run = Math.min(left, runs.isEmpty() ? random.nextInt(500) : 1 + random.nextInt(500));
            runs.add(run);
            left -= run;
        }
        return Mask.of(size, runs);
    }

    private static Tensor tensor(Random random) {
        byte[] bytes = new byte[4 * random.nextInt(50)];
        random.nextBytes(bytes);
        return new Tensor(
                "größe-" + random.nextInt(9), DataType.FP32, new long[] {1, bytes.length / 4}, ByteBuffer.wrap(bytes));
    }

    private static float[] floats(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
