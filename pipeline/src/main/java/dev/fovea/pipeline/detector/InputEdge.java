package dev.fovea.pipeline.detector;

import dev.fovea.datasets.LabelledBoxes;
import java.util.List;

/** The edge of a detector's square input, from the sizes of images and of what they show. */
final class InputEdge {

    /** The largest stride: each grid has whole cells. */
    static final int STEP = 32;

    static final int MIN = 320;
    static final int MAX = 640;

    /** Pixels of the input that a small object should be wide: more than three cells of the finest grid. */
    private static final double WANTED = 27;

    /** Of all objects this share may be smaller. */
    private static final double SMALL = 0.05;

    private InputEdge() {}

    /**
     * The smallest edge that shows nearly all objects {@value #WANTED} pixels wide, not above that of the images.
     *
     * @param images with one box or more
     */
    static int of(List<LabelledBoxes> images) {
        double[] shares = images.stream()
                .flatMapToDouble(image -> {
                    double edge = Math.max(image.size().width(), image.size().height());
                    return image.boxes().stream()
                            .mapToDouble(object -> Math.sqrt(object.box().area()) / edge);
                })
                .sorted()
                .toArray();
        double[] edges = images.stream()
                .mapToDouble(
                        image -> Math.max(image.size().width(), image.size().height()))
                .sorted()
                .toArray();
        double small = shares[(int) (SMALL * (shares.length - 1))];
        double useful = Math.clamp(edges[edges.length / 2], MIN, MAX);
        return rounded(Math.clamp(WANTED / Math.max(small, 1e-6), MIN, useful));
    }

    /** The next multiple of the largest stride. */
    static int rounded(double edge) {
        return (int) Math.ceil(edge / STEP) * STEP;
    }
}
