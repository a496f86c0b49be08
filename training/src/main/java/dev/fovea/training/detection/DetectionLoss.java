package dev.fovea.training.detection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.training.detection.CellAssignment.AssignedCells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of a batch: for cells that are to predict an object the generalized overlap of the boxes (Rezatofighi et al.
 * 2019, <i>Generalized Intersection over Union</i>) and the cross-entropy of each class, for all cells that of
 * objectness; divided by the number of cells with objects. The class target is the overlap that the cell has (Ge et al.
 * 2021, <i>YOLOX</i>; the weights are those of its source).
 */
final class DetectionLoss {

    /** Boxes of more than so many strides, as a logarithm, are not learned from. */
    static final float MAX_LOG_EXTENT = 8;

    /** Boxes further from their cell than so many strides are not learned from; the area around both would overflow. */
    private static final float MAX_OFFSET = 1e4f;

    private static final float BOX_WEIGHT = 5;

    /** Keeps logarithms finite without hiding a score that is wrong by many orders. */
    private static final float LOWEST = 1e-12f;

    private static final float HIGHEST = 1 - 1e-6f;
    private static final float EPSILON = 1e-7f;

    private final DetectorCells cells;
    private final int classes;
    private final CellAssignment assignment;

    DetectionLoss(DetectorCells cells, int classes) {
        this.cells = cells;
        this.classes = classes;
        this.assignment = new CellAssignment(cells, classes);
    }

    /** Which cells are to predict which objects, by what they predict now. */
    List<AssignedCells> assign(NDArray output, List<Scene> scenes) {
        float[] values = output.stopGradient().toFloatArray();
        int each = values.length / scenes.size();
        List<AssignedCells> assigned = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            assigned.add(assignment.assign(values, i * each, scenes.get(i).objects()));
        }
        return assigned;
    }

    /** A scalar, for an output of {@code scenes · cells · (5 + classes)} values. */
    NDArray of(NDArray output, List<Scene> scenes) {
        return of(output, scenes, assign(output, scenes));
    }

    /** The same with cells that are assigned already. */
    NDArray of(NDArray output, List<Scene> scenes, List<AssignedCells> assigned) {
        NDManager pass = output.getManager();
        NDArray rows = output.reshape(new Shape((long) scenes.size() * cells.count(), 5L + classes));
        Positives positives = positives(scenes, assigned);
        int count = Math.max(1, positives.size());
        NDArray objectness = entropy(rows.get(new NDIndex(":, 4")), pass.create(objectnessTargets(assigned)))
                .mul(pass.create(objectnessWeights(scenes, assigned)))
                .sum();
        if (positives.size() == 0) {
            return objectness.div(count);
        }
        NDArray index = pass.create(positives.index(), new Shape(positives.size(), 1))
                .broadcast(new Shape(positives.size(), 5L + classes));
        NDArray chosen = rows.gather(index, 0);
        NDArray classLoss = entropy(
                        chosen.get(new NDIndex(":, 5:")),
                        pass.create(positives.classTargets(), new Shape(positives.size(), classes)))
                .sum();
        return boxLoss(chosen, positives)
                .mul(BOX_WEIGHT)
                .add(classLoss)
                .add(objectness)
                .div(count);
    }

    /**
     * Cells that are to predict an object.
     *
     * @param index of the row among those of all scenes
     * @param cell of each
     * @param boxes of the objects: left, upper, right, lower edge of each
     * @param classTargets {@code [size · classes]}
     */
    private record Positives(long[] index, int[] cell, float[] boxes, float[] classTargets) {

        int size() {
            return index.length;
        }

        float[] edges(int which) {
            float[] edges = new float[size()];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = boxes[4 * i + which];
            }
            return edges;
        }

        float[] of(float[] values) {
            float[] each = new float[size()];
            for (int i = 0; i < each.length; i++) {
                each[i] = values[cell[i]];
            }
            return each;
        }
    }

    private Positives positives(List<Scene> scenes, List<AssignedCells> assigned) {
        int size = (int) assigned.stream()
                .mapToLong(each -> Arrays.stream(each.object())
                        .filter(object -> object >= 0)
                        .count())
                .sum();
        Positives positives =
                new Positives(new long[size], new int[size], new float[4 * size], new float[size * classes]);
        int at = 0;
        for (int s = 0; s < scenes.size(); s++) {
            AssignedCells each = assigned.get(s);
            for (int cell = 0; cell < cells.count(); cell++) {
                if (each.object()[cell] >= 0) {
                    LabelledBox object = scenes.get(s).objects().get(each.object()[cell]);
                    positives.index[at] = (long) s * cells.count() + cell;
                    positives.cell[at] = cell;
                    positives.boxes[4 * at] = object.box().x1();
                    positives.boxes[4 * at + 1] = object.box().y1();
                    positives.boxes[4 * at + 2] = object.box().x2();
                    positives.boxes[4 * at + 3] = object.box().y2();
                    positives.classTargets[at * classes + object.label()] = each.overlap()[cell];
                    at++;
                }
            }
        }
        return positives;
    }

    private float[] objectnessTargets(List<AssignedCells> assigned) {
        float[] targets = new float[assigned.size() * cells.count()];
        for (int s = 0; s < assigned.size(); s++) {
            for (int cell = 0; cell < cells.count(); cell++) {
                targets[s * cells.count() + cell] = assigned.get(s).object()[cell] >= 0 ? 1 : 0;
            }
        }
        return targets;
    }

    /** 0 for cells in an ignored place that predict no object. */
    private float[] objectnessWeights(List<Scene> scenes, List<AssignedCells> assigned) {
        float[] weights = new float[scenes.size() * cells.count()];
        Arrays.fill(weights, 1);
        for (int s = 0; s < scenes.size(); s++) {
            for (Box place : scenes.get(s).ignored()) {
                for (int cell = 0; cell < cells.count(); cell++) {
                    float x = cells.centerX(cell);
                    float y = cells.centerY(cell);
                    boolean isInside = x > place.x1() && x < place.x2() && y > place.y1() && y < place.y2();
                    if (isInside && assigned.get(s).object()[cell] < 0) {
                        weights[s * cells.count() + cell] = 0;
                    }
                }
            }
        }
        return weights;
    }

    /** Binary cross-entropy of each probability. */
    private static NDArray entropy(NDArray probabilities, NDArray targets) {
        NDArray bounded = probabilities.clip(LOWEST, HIGHEST);
        return targets.mul(bounded.log())
                .add(targets.neg().add(1).mul(bounded.neg().add(1).log()))
                .neg();
    }

    /** The sum of 1 − generalized overlap. */
    private NDArray boxLoss(NDArray rows, Positives positives) {
        NDManager pass = rows.getManager();
        NDArray stride = pass.create(positives.of(cells.stride()));
        NDArray centerX = rows.get(new NDIndex(":, 0"))
                .clip(-MAX_OFFSET, MAX_OFFSET)
                .add(pass.create(positives.of(cells.column())))
                .mul(stride);
        NDArray centerY = rows.get(new NDIndex(":, 1"))
                .clip(-MAX_OFFSET, MAX_OFFSET)
                .add(pass.create(positives.of(cells.row())))
                .mul(stride);
        NDArray width = rows.get(new NDIndex(":, 2"))
                .clip(-MAX_LOG_EXTENT, MAX_LOG_EXTENT)
                .exp()
                .mul(stride);
        NDArray height = rows.get(new NDIndex(":, 3"))
                .clip(-MAX_LOG_EXTENT, MAX_LOG_EXTENT)
                .exp()
                .mul(stride);
        NDArray left = centerX.sub(width.mul(0.5f));
        NDArray right = centerX.add(width.mul(0.5f));
        NDArray top = centerY.sub(height.mul(0.5f));
        NDArray bottom = centerY.add(height.mul(0.5f));
        NDArray wantedLeft = pass.create(positives.edges(0));
        NDArray wantedTop = pass.create(positives.edges(1));
        NDArray wantedRight = pass.create(positives.edges(2));
        NDArray wantedBottom = pass.create(positives.edges(3));
        NDArray both = extent(NDArrays.maximum(left, wantedLeft), NDArrays.minimum(right, wantedRight))
                .mul(extent(NDArrays.maximum(top, wantedTop), NDArrays.minimum(bottom, wantedBottom)));
        NDArray wanted = wantedRight.sub(wantedLeft).mul(wantedBottom.sub(wantedTop));
        NDArray either = width.mul(height).add(wanted).sub(both);
        NDArray hull = extent(NDArrays.minimum(left, wantedLeft), NDArrays.maximum(right, wantedRight))
                .mul(extent(NDArrays.minimum(top, wantedTop), NDArrays.maximum(bottom, wantedBottom)));
        NDArray generalized = both.div(either.add(EPSILON)).sub(hull.sub(either).div(hull.add(EPSILON)));
        return generalized.neg().add(1).sum();
    }

    private static NDArray extent(NDArray from, NDArray to) {
        return to.sub(from).clip(0, Float.MAX_VALUE);
    }
}
