package dev.fovea.datasets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which part of the work an image is for. The order is the order of protection: a held-out image outranks a training
 * one.
 */
public enum Side {
    /** Not yet divided. */
    UNASSIGNED(List.of()),
    /** To learn from. */
    TRAIN(List.of("train", "training")),
    /** To choose by while learning. */
    VALIDATION(List.of("val", "valid", "validation", "dev")),
    /** To judge by, once. */
    TEST(List.of("test", "testing"));

    private final List<String> folders;

    Side(List<String> folders) {
        this.folders = folders;
    }

    /** The side as a word, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The side that a folder name stands for, whatever its case. */
    public static Optional<Side> ofFolder(String name) {
        String folder = name.toLowerCase(Locale.ROOT);
        for (Side side : values()) {
            if (side.folders.contains(folder)) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    /** Reads what {@link #label} writes. */
    public static Side ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
