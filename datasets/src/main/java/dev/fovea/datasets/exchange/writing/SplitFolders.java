package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.Split;

/** What splits are called in folders and file names. */
public final class SplitFolders {

    private SplitFolders() {}

    /** {@code train}, {@code val}, {@code test}; empty for images without a split. */
    public static String name(Split split) {
        return switch (split) {
            case TRAIN -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
            case UNASSIGNED -> "";
        };
    }

    /** A path below the split's folder: {@code images/train/a.jpg}, or {@code images/a.jpg} without a split. */
    public static String path(String folder, Split split, String name) {
        String middle = name(split);
        return (folder.isEmpty() ? "" : folder + "/") + (middle.isEmpty() ? "" : middle + "/") + name;
    }
}
