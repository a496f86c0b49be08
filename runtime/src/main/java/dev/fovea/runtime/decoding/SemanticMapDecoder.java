package dev.fovea.runtime.decoding;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.MaskBuilder;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class for every pixel: that of the map's cell in which the pixel's centre lies. What a crop hid from the network
 * belongs to no class, nor does the index of no label. Pure.
 */
final class SemanticMapDecoder {

    private SemanticMapDecoder() {}

    /**
     * The classes in a map.
     *
     * @param labels the label count
     */
    static List<ClassRegion> regions(
            DecoderConfig.SemanticMap decoder, Map<String, Tensor> outputs, ImageTransform placement, int labels) {
        ClassMap cells = ClassMap.of(decoder, outputs, labels);
        int height = cells.height();
        int width = cells.width();
        int[] map = cells.classes();
        int classes = cells.count();
        ImageSize size = placement.image();
        @Nullable MaskBuilder[] masks = new MaskBuilder[classes];
        for (int x = 0; x < size.width(); x++) {
            int column = cell(placement.inputX(x + 0.5), placement.input().width(), width);
            int begin = 0;
            int label = -1;
            for (int y = 0; y <= size.height(); y++) {
                int row = y == size.height()
                        ? -1
                        : cell(placement.inputY(y + 0.5), placement.input().height(), height);
                int here = column < 0 || row < 0 ? -1 : map[row * width + column];
                if (here != label || y == size.height()) {
                    add(masks, label, size, x * size.height() + begin, y - begin);
                    begin = y;
                    label = here;
                }
            }
        }
        return regions(masks);
    }

    /** The cell of the map; -1 outside the input. */
    private static int cell(double input, int inputLength, int cells) {
        return input < 0 || input >= inputLength ? -1 : Math.min(cells - 1, (int) (input * cells / inputLength));
    }

    private static void add(@Nullable MaskBuilder[] masks, int label, ImageSize size, int start, int pixels) {
        if (label < 0 || pixels == 0) {
            return;
        }
        MaskBuilder mask = masks[label];
        if (mask == null) {
            mask = new MaskBuilder(size);
            masks[label] = mask;
        }
        mask.add(start, pixels);
    }

    private static List<ClassRegion> regions(@Nullable MaskBuilder[] masks) {
        List<ClassRegion> regions = new ArrayList<>();
        for (int label = 0; label < masks.length; label++) {
            MaskBuilder mask = masks[label];
            if (mask != null) {
                regions.add(new ClassRegion(label, mask.build()));
            }
        }
        return regions;
    }
}
