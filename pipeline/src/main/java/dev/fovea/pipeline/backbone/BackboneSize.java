package dev.fovea.pipeline.backbone;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.GraphEdits;
import java.util.List;

/**
 * The size of the square that a backbone sees where its weights are learned further. Small images that are magnified to
 * the size that the weights were learned at cost time and show nothing more.
 */
public final class BackboneSize {

    /** Networks that halve the image five times divide it evenly, so that their padding stays what it was. */
    private static final int STEP = 32;

    private static final int SMALLEST = 96;

    private BackboneSize() {}

    /**
     * The edge for images: the median of their shorter edges, up to a multiple of {@value #STEP}, at least
     * {@value #SMALLEST} and at most the contract's own.
     */
    public static int suggested(List<DatasetVersion.Item> images, PreprocessingContract contract) {
        Size own = contract.outputSize();
        int largest = Math.min(own.width(), own.height());
        return images.isEmpty() ? largest : Math.min(largest, Math.max(SMALLEST, shown(images)));
    }

    /** The edge that images show: the median of their shorter edges, up to a multiple of {@value #STEP}. */
    public static int shown(List<DatasetVersion.Item> images) {
        int[] edges = images.stream()
                .mapToInt(item -> Math.min(item.width(), item.height()))
                .sorted()
                .toArray();
        return Math.ceilDiv(edges[edges.length / 2], STEP) * STEP;
    }

    /** The backbone for whole images that are squashed to a square. */
    public static Backbone at(Backbone backbone, int edge) {
        PreprocessingContract contract = backbone.contract().stretched(Size.square(edge));
        EmbeddingTensor cut = backbone.cut();
        return new Backbone(
                backbone.name(),
                GraphEdits.withImageSize(
                        backbone.model(), Size.square(edge), contract.tensor().layout() == Layout.NCHW ? 2 : 1),
                contract,
                cut,
                backbone.sha256(),
                backbone.licence());
    }
}
