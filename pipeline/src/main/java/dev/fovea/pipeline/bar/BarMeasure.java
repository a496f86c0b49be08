package dev.fovea.pipeline.bar;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a bar can be stated for. */
public enum BarMeasure {
    /** The share of images that are predicted right. */
    ACCURACY("accuracy", MeasureKind.QUALITY, false),
    /** The mean of the classes' F1 scores. */
    MACRO_F1("macro_f1", MeasureKind.QUALITY, false),
    /** Of the images of a class, the share that is predicted as it. */
    RECALL("recall", MeasureKind.QUALITY, true),
    /** Of the images that are predicted as a class, the share that is of it. */
    PRECISION("precision", MeasureKind.QUALITY, true),
    /** The harmonic mean of a class's precision and recall. */
    F1("f1", MeasureKind.QUALITY, true),
    /** The median time from the bytes of one image to its prediction, in milliseconds. */
    P50("p50", MeasureKind.LATENCY, false),
    /** The 99th percentile of that time. */
    P99("p99", MeasureKind.LATENCY, false),
    /** Bytes of the ONNX file. */
    SIZE("size", MeasureKind.SIZE, false);

    /** What is measured, and in which unit a limit is stated. */
    public enum MeasureKind {
        /** A share from 0 to 1; more is better. */
        QUALITY,
        /** Milliseconds; less is better. */
        LATENCY,
        /** Bytes; less is better. */
        SIZE
    }

    private final String word;
    private final MeasureKind kind;
    private final boolean ofClass;

    BarMeasure(String word, MeasureKind kind, boolean ofClass) {
        this.word = word;
        this.kind = kind;
        this.ofClass = ofClass;
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** What is measured. */
    public MeasureKind kind() {
        return kind;
    }

    /** Whether it is that of one class. */
    public boolean isOfClass() {
        return ofClass;
    }

    /** How it is written in a condition, such as {@code recall(CLASS)}. */
    String form() {
        return ofClass ? word + "(CLASS)" : word;
    }

    /** All forms, for messages. */
    static String forms() {
        return Arrays.stream(values()).map(BarMeasure::form).collect(Collectors.joining(", "));
    }

    /** The measure of a word; {@code latency} is the median. */
    static Optional<BarMeasure> of(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replace('-', '_');
        return plain.equals("latency")
                ? Optional.of(P50)
                : Arrays.stream(values())
                        .filter(measure -> measure.word.equals(plain))
                        .findFirst();
    }
}
