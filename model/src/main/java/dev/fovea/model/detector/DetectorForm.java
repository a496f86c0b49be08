package dev.fovea.model.detector;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Selection;
import java.util.List;

/**
 * What a detector takes and gives. Its output {@code [N, cells, 5 + classes]} is that of YOLOX: for each cell of each
 * stride's grid a box in units of the stride, objectness and class scores, the last two after sigmoid.
 *
 * @param input size of the network's input; both edges are multiples of the largest stride
 * @param strides of the grids in pixels, in the order of the output
 * @param classes number of classes
 */
public record DetectorForm(Size input, List<Integer> strides, int classes) {

    /** The only output. */
    public static final String OUTPUT = "detections";

    /** The strides of all detectors that are trained here. */
    public static final List<Integer> STRIDES = List.of(8, 16, 32);

    /** Values of a cell before its class scores: four of the box, and objectness. */
    public static final int BOX_AND_OBJECTNESS = 5;

    /** YOLOX's own threshold; objects that touch each other overlap more than its program allows. */
    private static final Selection SHOWN = new Selection(0.3, 0.6, false, 300);

    public DetectorForm {
        strides = List.copyOf(strides);
        int coarsest = strides.stream().max(Integer::compare).orElseThrow();
        if (classes < 1 || input.width() % coarsest != 0 || input.height() % coarsest != 0) {
            throw new IllegalArgumentException("%s with strides %s and %d classes".formatted(input, strides, classes));
        }
    }

    /** Of the usual strides. */
    public DetectorForm(Size input, int classes) {
        this(input, STRIDES, classes);
    }

    /** Number of cells of all grids. */
    public int cells() {
        return strides.stream()
                .mapToInt(stride -> (input.width() / stride) * (input.height() / stride))
                .sum();
    }

    /** Values of a cell. */
    public int row() {
        return BOX_AND_OBJECTNESS + classes;
    }

    /** How the output is decoded. */
    public DecoderConfig.Yolox decoder() {
        return new DecoderConfig.Yolox(OUTPUT, strides, SHOWN);
    }
}
