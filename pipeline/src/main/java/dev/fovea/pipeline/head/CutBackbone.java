package dev.fovea.pipeline.head;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.head.CutPoints;
import dev.fovea.model.head.CutPoints.CutPoint;
import dev.fovea.model.head.FeatureGraph;
import dev.fovea.model.head.ShapedCut;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneSize;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A backbone that sees whole images at one size, with several places to cut it at. One run of an image gives the
 * features of all of them.
 */
public final class CutBackbone {

    /** What the network up to a cut has of the weights of the whole, roughly. */
    private static final double[] SHARES = {0.03, 0.06, 0.12, 0.25, 0.5};

    /** A cut belongs to a share if it is off by no more than this factor. */
    private static final double BAND = Math.sqrt(2);

    private static final int MIN_FEATURES = 16;
    private static final int MAX_FEATURES = 4096;

    private final JobTools tools;
    private final Backbone backbone;
    private final List<ShapedCut> cuts;
    private final FeatureNetwork stacked;

    private CutBackbone(JobTools tools, Backbone backbone, List<ShapedCut> cuts) {
        this.tools = tools;
        this.backbone = backbone;
        this.cuts = cuts;
        this.stacked = new FeatureNetwork(backbone, FeatureGraph.of(backbone.model(), cuts));
    }

    /**
     * Opens a backbone for images of one size.
     *
     * @param edge of the square in pixels
     * @throws FoveaException where the network cannot do with the size, and the errors of the engine
     */
    public static CutBackbone open(JobTools tools, Backbone backbone, int edge) {
        Backbone seen = BackboneSize.at(backbone, edge);
        return new CutBackbone(tools, seen, chosen(shaped(tools, seen)));
    }

    /** The edge of the square that a backbone was made for; the longer one of others. */
    public static int edge(Backbone backbone) {
        Size size = backbone.contract().outputSize();
        return Math.max(size.width(), size.height());
    }

    private static List<ShapedCut> shaped(JobTools tools, Backbone backbone) {
        List<CutPoint> points = CutPoints.of(backbone.model(), backbone.cut());
        OnnxModel exposed = CutPoints.exposed(backbone.model(), points);
        try (Session session = tools.engine().load(exposed.bytes(), SessionSettings.forThisMachine())) {
            Tensor zeros = new Tensor(
                    session.inputs().getFirst().name(),
                    session.inputs().getFirst().type(),
                    ImageTensor.shape(new Preprocessor(backbone.contract())),
                    ByteBuffer.allocate(backbone.contract().outputBytes()));
            List<Tensor> outputs = session.run(List.of(zeros));
            List<ShapedCut> shaped = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                Tensor output = outputs.get(i);
                List<Long> shape = Arrays.stream(output.shape()).boxed().toList();
                if (shape.size() > 1 && shape.getFirst() == 1 && isFloat(output.type())) {
                    shaped.add(
                            new ShapedCut(points.get(i).tensor(), points.get(i).parameters(), shape, output.type()));
                }
            }
            return shaped;
        }
    }

    private static boolean isFloat(DataType type) {
        return type == DataType.FP32 || type == DataType.FP16;
    }

    /** For each share the cut with the most features, and the whole network; in the network's order. */
    private static List<ShapedCut> chosen(List<ShapedCut> all) {
        ShapedCut whole = all.getLast();
        Set<ShapedCut> chosen = new LinkedHashSet<>();
        for (double share : SHARES) {
            double wanted = share * whole.parameters();
            all.stream()
                    .filter(cut -> cut.shape().size() > 2)
                    .filter(cut -> cut.features() >= MIN_FEATURES && cut.features() <= MAX_FEATURES)
                    .filter(cut -> cut.parameters() >= wanted / BAND && cut.parameters() < wanted * BAND)
                    // of equal ones the last is behind the activation
                    .max(Comparator.comparingInt(ShapedCut::features)
                            .thenComparing(Comparator.comparingLong(ShapedCut::parameters)
                                    .reversed())
                            .thenComparingInt(all::indexOf))
                    .ifPresent(chosen::add);
        }
        chosen.add(whole);
        return List.copyOf(chosen);
    }

    /** The cuts in the network's order; the last is the whole network without its classifier. */
    public List<ShapedCut> cuts() {
        return cuts;
    }

    /** The part of the whole network's learned numbers that the network up to a cut has. */
    public double share(int cut) {
        return (double) cuts.get(cut).parameters() / cuts.getLast().parameters();
    }

    /** Features of all cuts side by side, {@code [N,D]}; for {@link #features(FeatureMatrix, int)}. */
    public FeatureMatrix features(List<LabelledFile> images, FeatureProgress progress) {
        return cached(tools).of(stacked, images, progress::at);
    }

    /** Hears how far the work has come; an exception ends it. */
    public interface FeatureProgress {
        void at(int done, int total);
    }

    /** Those of one cut. */
    public FeatureMatrix features(FeatureMatrix all, int cut) {
        int from = cuts.subList(0, cut).stream().mapToInt(ShapedCut::features).sum();
        return all.columns(from, from + cuts.get(cut).features());
    }

    /** The network up to a cut, for a head. */
    public HeadlessNetwork at(int cut) {
        ShapedCut place = cuts.get(cut);
        EmbeddingTensor tensor = place.tensor();
        Backbone own = new Backbone(
                backbone.name(), backbone.model(), backbone.contract(), tensor, backbone.sha256(), backbone.licence());
        FeatureGraph graph = FeatureGraph.of(
                backbone.model(),
                tensor,
                place.shape().stream().mapToLong(Long::longValue).toArray(),
                place.type());
        return new HeadlessNetwork(tools, new FeatureNetwork(own, graph), Optional.empty());
    }

    static CachedFeatures cached(JobTools tools) {
        return new CachedFeatures(tools, new FeatureCache(tools.featureCache(), FeatureCache.MAX_BYTES));
    }
}
