package dev.fovea.monitoring.sketch;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Task;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.drift.ClassDistance;
import dev.fovea.statistics.drift.RandomFourierFeatures;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.reference.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The numbers of each image that a version's sketches add up, and how a row of the prediction log becomes them. They
 * depend on the version's bundle only, so that all servers add up the same. Thread-safe.
 */
public final class ImageNumbers {

    /** The most labels with a coordinate of their own; beyond, labels share this many by their place. */
    private static final int LABELS = 24;

    /** Images whose embedding is farther from each class than 99 % of the held-out images'. */
    private static final String UNLIKE_KNOWN = "unlike any known class";

    private static final int JOINT = 32;
    private static final long SEED = 20_260_901;

    /** The measures with a coordinate, and how they are added up. */
    private static final Map<InputMeasure, Coordinate.SumScale> MEASURES = measures();

    /** Usual centre and spread of each measure on its scale, so that none rules the joint features. */
    private static final Map<InputMeasure, double[]> USUAL = usual();

    private final List<Coordinate> coordinates = new ArrayList<>();
    private final Map<String, Integer> labelPlace = new HashMap<>();
    private final RandomFourierFeatures joint;
    private final Optional<ClassDistance> known;
    private final int embeddingFrom;
    private final int outputFrom;
    private final int labelsFrom;
    private final int labelCount;
    private final int jointFrom;

    private ImageNumbers(Task task, List<String> labels, Optional<ClassDistance> known) {
        this.known = known;
        MEASURES.forEach((measure, scale) -> coordinates.add(
                new Coordinate(Aspect.IMAGE, measure.label().replace('_', ' '), scale, measure.unit())));
        this.embeddingFrom = coordinates.size();
        for (int k = 0; k < ImageObservation.MAX_DIMENSIONS; k++) {
            coordinates.add(new Coordinate(Aspect.EMBEDDING, "embedding " + k, Coordinate.SumScale.LINEAR, ""));
        }
        this.outputFrom = coordinates.size();
        coordinates.add(new Coordinate(Aspect.OUTPUT, "confidence", Coordinate.SumScale.LINEAR, "probability"));
        coordinates.add(new Coordinate(Aspect.OUTPUT, "entropy", Coordinate.SumScale.LINEAR, "nats"));
        coordinates.add(new Coordinate(Aspect.OUTPUT, "objects per image", Coordinate.SumScale.ROOT, "objects"));
        coordinates.add(new Coordinate(Aspect.OUTPUT, "object size", Coordinate.SumScale.ROOT, "share of the image"));
        coordinates.add(new Coordinate(Aspect.OUTPUT, UNLIKE_KNOWN, Coordinate.SumScale.LINEAR, "share of images"));
        this.labelsFrom = coordinates.size();
        this.labelCount = Math.min(LABELS, labels.size());
        boolean shared = labels.size() > LABELS;
        for (int place = 0; place < labelCount; place++) {
            String name = shared ? "label group " + (place + 1) : "label " + labels.get(place);
            coordinates.add(new Coordinate(Aspect.LABELS, name, Coordinate.SumScale.LINEAR, unit(task)));
        }
        for (int index = 0; index < labels.size(); index++) {
            labelPlace.put(labels.get(index), index % Math.max(1, labelCount));
        }
        this.jointFrom = coordinates.size();
        for (int f = 0; f < JOINT; f++) {
            coordinates.add(new Coordinate(Aspect.JOINT, "feature " + f, Coordinate.SumScale.LINEAR, ""));
        }
        int dimensions = MEASURES.size() + ImageObservation.MAX_DIMENSIONS;
        this.joint = new RandomFourierFeatures(dimensions, JOINT, Math.sqrt(dimensions), SEED);
    }

    /**
     * Of a version.
     *
     * @param reference its held-out images, which say what the embeddings of known classes are
     */
    public static ImageNumbers of(Manifest manifest, Optional<Reference> reference) {
        return new ImageNumbers(manifest.task(), manifest.labels(), reference.flatMap(KnownClasses::of));
    }

    /** Of a model with these labels, of which nothing else is known. */
    public static ImageNumbers of(Task task, List<String> labels) {
        return new ImageNumbers(task, labels, Optional.empty());
    }

    private static String unit(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL, MULTI_TASK -> "share of images";
            case DETECTION, INSTANCE_SEGMENTATION, TEXT_DETECTION -> "share of objects";
            case SEGMENTATION -> "share of pixels";
            case EMBEDDING, TENSORS -> "";
        };
    }

    /** What the numbers are, in their order. */
    public List<Coordinate> coordinates() {
        return List.copyOf(coordinates);
    }

    /** The numbers of an image, {@code [coordinates]}; NaN where it has none. */
    public double[] of(LoggedPrediction row) {
        return of(row.output(), row.image().observed());
    }

    /** The numbers of an image with this output, {@code [coordinates]}; NaN where it has none. */
    public double[] of(PredictedOutput output, ImageObservation observed) {
        double[] numbers = new double[coordinates.size()];
        Arrays.fill(numbers, Double.NaN);
        double[] input = new double[MEASURES.size() + ImageObservation.MAX_DIMENSIONS];
        observed.measures().ifPresent(measures -> measures(measures, numbers, input));
        float[] embedding = observed.embedding();
        for (int k = 0; k < Math.min(embedding.length, ImageObservation.MAX_DIMENSIONS); k++) {
            numbers[embeddingFrom + k] = embedding[k];
            input[MEASURES.size() + k] = Math.clamp(embedding[k], -4, 4);
        }
        output(output, numbers);
        if (embedding.length > 0) {
            known.ifPresent(classes -> numbers[outputFrom + 4] = classes.isFar(doubles(embedding)) ? 1 : 0);
        }
        if (observed.measures().isPresent() || embedding.length > 0) {
            joint.write(input, numbers, jointFrom);
        }
        return numbers;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, k -> values[k]);
        return doubles;
    }

    private static void measures(InputMeasures measures, double[] numbers, double[] input) {
        int at = 0;
        for (Map.Entry<InputMeasure, Coordinate.SumScale> entry : MEASURES.entrySet()) {
            OptionalDouble plain = entry.getKey().of(measures);
            if (plain.isPresent()) {
                double[] usual = Objects.requireNonNull(USUAL.get(entry.getKey()));
                numbers[at] = entry.getValue().of(plain.getAsDouble());
                input[at] = Math.clamp((numbers[at] - usual[0]) / usual[1], -4, 4);
            }
            at++;
        }
    }

    private void output(PredictedOutput output, double[] numbers) {
        output.best().ifPresent(best -> numbers[outputFrom] = best.score());
        switch (output) {
            case PredictedOutput.TopLabels(List<LoggedLabel> top, float entropy) -> {
                numbers[outputFrom + 1] = entropy;
                shares(top.isEmpty() ? List.of() : List.of(top.getFirst()), numbers);
            }
            case PredictedOutput.ManyLabels(List<LoggedLabel> applying, float entropy) -> {
                numbers[outputFrom + 1] = entropy;
                shares(applying, numbers);
            }
            case PredictedOutput.TaskLabels(List<LoggedLabel> best, float entropy) -> {
                numbers[outputFrom + 1] = entropy;
                shares(best, numbers);
            }
            case PredictedOutput.FoundObjects objects -> {
                numbers[outputFrom + 2] = Coordinate.SumScale.ROOT.of(objects.count());
                if (!objects.boxes().isEmpty()) {
                    numbers[outputFrom + 3] = objects.boxes().stream()
                            .mapToDouble(box -> Coordinate.SumScale.ROOT.of(box.area()))
                            .average()
                            .orElseThrow();
                    shares(objects.labels(), numbers);
                    divide(numbers, objects.boxes().size());
                }
            }
            case PredictedOutput.Regions(List<LoggedLabel> regions) -> {
                shares(List.of(), numbers);
                for (LoggedLabel region : regions) {
                    Integer place = labelPlace.get(region.label());
                    if (place != null) {
                        numbers[labelsFrom + place] += region.score();
                    }
                }
            }
            case PredictedOutput.Unlabelled ignored -> {}
        }
    }

    private void shares(List<LoggedLabel> labels, double[] numbers) {
        Arrays.fill(numbers, labelsFrom, labelsFrom + labelCount, 0);
        for (LoggedLabel label : labels) {
            Integer place = labelPlace.get(label.label());
            if (place != null) {
                numbers[labelsFrom + place]++;
            }
        }
    }

    private void divide(double[] numbers, int count) {
        for (int place = 0; place < labelCount; place++) {
            numbers[labelsFrom + place] /= count;
        }
    }

    private static Map<InputMeasure, Coordinate.SumScale> measures() {
        Map<InputMeasure, Coordinate.SumScale> scales = new EnumMap<>(InputMeasure.class);
        for (InputMeasure measure : InputMeasure.values()) {
            scales.put(
                    measure,
                    switch (measure) {
                        case BRIGHTNESS, CONTRAST, COLORFULNESS, SATURATION, JPEG_QUALITY -> Coordinate.SumScale.LINEAR;
                        case CLIPPED_DARK, CLIPPED_BRIGHT -> Coordinate.SumScale.ROOT;
                        case SHARPNESS, NOISE, BLOCKINESS, ASPECT, WIDTH, HEIGHT, FILE_SIZE ->
                            Coordinate.SumScale.LOGARITHM;
                    });
        }
        return scales;
    }

    private static Map<InputMeasure, double[]> usual() {
        Map<InputMeasure, double[]> usual = new EnumMap<>(InputMeasure.class);
        for (InputMeasure measure : InputMeasure.values()) {
            usual.put(
                    measure,
                    switch (measure) {
                        case BRIGHTNESS -> new double[] {115, 40};
                        case CONTRAST -> new double[] {55, 18};
                        case CLIPPED_DARK, CLIPPED_BRIGHT -> new double[] {0.1, 0.1};
                        case COLORFULNESS -> new double[] {35, 20};
                        case SATURATION -> new double[] {0.35, 0.17};
                        case SHARPNESS -> new double[] {6, 1.2};
                        case NOISE -> new double[] {1.2, 0.6};
                        case BLOCKINESS -> new double[] {0.75, 0.15};
                        case JPEG_QUALITY -> new double[] {85, 12};
                        case ASPECT -> new double[] {0.75, 0.2};
                        case WIDTH, HEIGHT -> new double[] {6.5, 0.8};
                        case FILE_SIZE -> new double[] {11.5, 1.2};
                    });
        }
        return usual;
    }
}
