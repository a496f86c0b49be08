package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which cells of a grid are to predict which objects of one image: SimOTA (Ge et al. 2021, <i>YOLOX: Exceeding YOLO
 * Series in 2021</i>, section 2.1). Each object takes the cells that predict it at the lowest cost, as many as the sum
 * of its ten best overlaps. Pure; the same for the same values.
 */
final class CellAssignment {

    /** Strides around an object's centre within which cells may predict it. */
    private static final double CENTER = 2.5;

    private static final int OVERLAPS = 10;
    private static final double OVERLAP_WEIGHT = 3;

    /** More than any prediction can cost: cells within the object and near its centre come first. */
    private static final double OUTSIDE = 1e5;

    private static final double EPSILON = 1e-8;

    private final DetectorCells cells;
    private final int classes;

    CellAssignment(DetectorCells cells, int classes) {
        this.cells = cells;
        this.classes = classes;
    }

    /**
     * The objects of an image by cell.
     *
     * @param object index of the object that a cell predicts; −1 for none
     * @param overlap of the cell's predicted box with it
     */
    record AssignedCells(int[] object, float[] overlap) {}

    /** A cell that may predict an object. */
    private record CellCost(int cell, double cost, double overlap) {}

    /**
     * Assigns.
     *
     * @param output predictions of a batch, one row of {@code 5 + classes} values per cell
     * @param from where those of this image begin
     * @param objects in pixels of the input
     */
    AssignedCells assign(float[] output, int from, List<LabelledBox> objects) {
        int[] object = new int[cells.count()];
        Arrays.fill(object, -1);
        float[] overlap = new float[cells.count()];
        double[] cost = new double[cells.count()];
        for (int g = 0; g < objects.size(); g++) {
            for (CellCost taken : taken(output, from, objects.get(g))) {
                int cell = taken.cell();
                if (object[cell] < 0 || taken.cost() < cost[cell]) {
                    object[cell] = g;
                    cost[cell] = taken.cost();
                    overlap[cell] = (float) taken.overlap();
                }
            }
        }
        return new AssignedCells(object, overlap);
    }

    /** The cells that an object takes where no other one wants them. */
    private List<CellCost> taken(float[] output, int from, LabelledBox object) {
        List<CellCost> candidates = IntStream.range(0, cells.count())
                .filter(cell -> isInside(cell, object.box()) || isCentral(cell, object.box()))
                .mapToObj(cell -> cost(output, from, cell, object))
                .toList();
        double sum = candidates.stream()
                .map(CellCost::overlap)
                .sorted(Comparator.reverseOrder())
                .limit(OVERLAPS)
                .mapToDouble(each -> each)
                .sum();
        return candidates.stream()
                .sorted(Comparator.comparingDouble(CellCost::cost).thenComparingInt(CellCost::cell))
                .limit(Math.max(1, (int) sum))
                .toList();
    }

    private CellCost cost(float[] output, int from, int cell, LabelledBox object) {
        int at = from + cell * (5 + classes);
        // a step whose output is no number is skipped by its loss, and must come that far
        double overlap =
                DetectorCells.isFinite(output, at) ? cells.box(output, at, cell).overlap(object.box()) : 0;
        double cost = classCost(output, at, object.label()) - OVERLAP_WEIGHT * Math.log(overlap + EPSILON);
        boolean isNear = isInside(cell, object.box()) && isCentral(cell, object.box());
        return new CellCost(cell, isNear ? cost : cost + OUTSIDE, overlap);
    }

    /** Cross-entropy of the class scores, each the geometric mean of class probability and objectness. */
    private double classCost(float[] output, int at, int label) {
        double cost = 0;
        for (int c = 0; c < classes; c++) {
            double score = Math.sqrt((double) output[at + 4] * output[at + 5 + c]);
            cost -= Math.log(Math.max(EPSILON, c == label ? score : 1 - score));
        }
        return cost;
    }

    private boolean isInside(int cell, Box box) {
        float x = cells.centerX(cell);
        float y = cells.centerY(cell);
        return x > box.x1() && x < box.x2() && y > box.y1() && y < box.y2();
    }

    private boolean isCentral(int cell, Box box) {
        double reach = CENTER * cells.stride()[cell];
        return Math.abs(cells.centerX(cell) - (box.x1() + box.x2()) / 2) < reach
                && Math.abs(cells.centerY(cell) - (box.y1() + box.y2()) / 2) < reach;
    }
}
