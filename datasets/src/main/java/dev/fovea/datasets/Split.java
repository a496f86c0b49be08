package dev.fovea.datasets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The split of an image. The order is the order of protection: a test image takes precedence over a training image. */
public enum Split {
    /** Not yet assigned. */
    UNASSIGNED(List.of("unassigned")),
    /** Training images. */
    TRAIN(List.of("train", "training")),
    /** Images for model selection during training. */
    VALIDATION(List.of("val", "valid", "validation", "dev")),
    /** Held-out images for the final evaluation. */
    TEST(List.of("test", "testing"));

    private final List<String> folders;

    Split(List<String> folders) {
        this.folders = folders;
    }

    /** The lower-case name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The split of a folder name, ignoring case. */
    public static Optional<Split> ofFolder(String name) {
        String folder = name.toLowerCase(Locale.ROOT);
        for (Split split : values()) {
            if (split.folders.contains(folder)) {
                return Optional.of(split);
            }
        }
        return Optional.empty();
    }

    /** Reads what {@link #label} writes. */
    public static Split ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
