package dev.fovea.quantize.rewrite;

import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.StridedStem;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.rules.Layer;
import java.util.Map;

/**
 * A prepared network with what was seen of it: all that a setting needs to become a quantized network.
 *
 * @param plain as it was prepared
 * @param stemmed with its first layers as {@link StridedStem} has them, which is faster in integers and slower in float
 * @param table of the tensors of both
 */
public record Prepared(Form plain, Form stemmed, CalibrationTable table) {

    /** A network, and who makes what in it. */
    public record Form(OnnxModel model, GraphIndex graph) {

        Form(OnnxModel model) {
            this(model, new GraphIndex(model));
        }
    }

    public static Prepared of(OnnxModel plain, OnnxModel stemmed, CalibrationTable table) {
        return new Prepared(new Form(plain), new Form(stemmed), table);
    }

    /** The layers are the same in both forms. */
    public GraphIndex graph() {
        return plain.graph();
    }

    public QuantizationPlan plan(QuantizationSetting setting, Map<String, String> kept) {
        Planner.Wish wish = setting.keeping(kept);
        return Planner.plan(form(wish.kept()).graph(), table, wish);
    }

    public OnnxModel quantized(QuantizationSetting setting, Map<String, String> kept) {
        return Rewriter.rewrite(form(setting.keeping(kept).kept()).model(), plan(setting, kept));
    }

    private Form form(Map<String, String> kept) {
        boolean stemInFloat = stemmed.graph().nodes().stream()
                .filter(node -> node.getInputList().stream()
                        .anyMatch(input -> stemmed.graph()
                                .producer(input)
                                .filter(from -> from.getOpType().equals("SpaceToDepth"))
                                .isPresent()))
                .anyMatch(node -> kept.containsKey(Layer.name(node)));
        return stemInFloat ? plain : stemmed;
    }
}
