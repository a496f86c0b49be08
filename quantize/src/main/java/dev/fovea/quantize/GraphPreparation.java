package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.BatchNormFolding;
import dev.fovea.model.graph.FocusFolding;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.OpsetUpgrade;
import dev.fovea.model.graph.StridedStem;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.calibration.ChannelAbsMax;
import dev.fovea.quantize.calibration.CrossLayerEqualization;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Prepares a network for quantization. Steps are conversion to FP32 and opset 13 or newer, constant folding, and
 * folding of normalisation and padding. The batch size becomes dynamic. Each step must preserve the outputs; an
 * optional step that does not is skipped.
 */
public final class GraphPreparation {

    /** Tolerance, relative to the largest output. */
    private static final double TOLERANCE = 1e-4;

    private static final Set<String> QUANTIZED = Set.of(
            "QuantizeLinear",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "QLinearConv",
            "QLinearMatMul",
            "ConvInteger",
            "MatMulInteger");
    private static final Set<String> BRANCHING = Set.of("If", "Loop", "Scan", "SequenceMap");

    private final Engine engine;
    private final List<Tensor> samples;

    /** A preparation that checks itself on so many inputs, of the type that the widened network takes. */
    public GraphPreparation(Engine engine, List<Tensor> samples) {
        this.engine = engine;
        this.samples = samples;
    }

    /** {@code MODEL_OPERATOR_UNSUPPORTED} or {@code MODEL_CORRUPT} for what cannot be quantized at all. */
    static void require(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        for (NodeProto node : graph.getNodeList()) {
            if (QUANTIZED.contains(node.getOpType())) {
                throw new FoveaException(
                        ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                        "The model is quantized already: %s is a %s. Give the FP32 model that it was made of."
                                .formatted(Layer.name(node), node.getOpType()));
            }
            if (BRANCHING.contains(node.getOpType())) {
                throw new FoveaException(
                        ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                        "The model branches while it runs: %s is a %s, and what happens in it is not seen. Export it without control flow."
                                .formatted(Layer.name(node), node.getOpType()));
            }
            if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
                throw new FoveaException(
                        ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                        "The model uses %s of the domain \"%s\"; networks of standard ONNX operators are quantized. Export it without it."
                                .formatted(node.getOpType(), node.getDomain()));
            }
        }
        model.requireWhole();
    }

    /** The prepared network of one of 32-bit floats. */
    public OnnxModel prepare(OnnxModel model) {
        List<Tensor> expected = outputs(model);
        OnnxModel prepared = tried(model, GraphEdits::withFixedInitializers, expected);
        // before the runtime makes other operators of the same
        prepared = tried(prepared, each -> FocusFolding.fold(GraphEdits.withoutConstants(each)), expected);
        prepared = tried(prepared, each -> engine.optimised(each, Engine.Optimisation.PORTABLE), expected);
        prepared = checked(prepared, GraphEdits::withoutConstants, "gathering constants", expected);
        prepared = checked(prepared, OpsetUpgrade::apply, "upgrading its operators", expected);
        prepared = tried(prepared, BatchNormFolding::fold, expected);
        prepared = tried(prepared, GraphEdits::withPooling, expected);
        prepared = tried(prepared, GraphEdits::withOwnDomains, expected);
        prepared = GraphEdits.withUniqueNames(prepared);
        return flexible(prepared, expected);
    }

    /** The prepared network with its first layers as integers like them. */
    OnnxModel stemmed(OnnxModel prepared) {
        return tried(prepared, StridedStem::apply, outputs(prepared));
    }

    /** The prepared network after cross-layer equalization, by the channels' absolute maxima. */
    OnnxModel equalised(OnnxModel prepared, List<Tensor> images) {
        ChannelAbsMax reach = ChannelAbsMax.of(engine, prepared, Quantizer.watched(new GraphIndex(prepared)), images);
        return tried(prepared, model -> CrossLayerEqualization.apply(model, reach), outputs(prepared));
    }

    /** An optional step, skipped if it changes the outputs or the runtime rejects the graph. */
    private OnnxModel tried(OnnxModel model, UnaryOperator<OnnxModel> step, List<Tensor> expected) {
        try {
            OnnxModel changed = step.apply(model);
            return difference(expected, outputs(changed)) <= TOLERANCE ? changed : model;
        } catch (FoveaException e) {
            return model;
        }
    }

    private OnnxModel checked(OnnxModel model, UnaryOperator<OnnxModel> step, String what, List<Tensor> expected) {
        OnnxModel changed = step.apply(model);
        double off = difference(expected, outputs(changed));
        if (!(off <= TOLERANCE)) {
            throw new FoveaException(
                    ErrorCode.VALIDATION_FAILED,
                    "%s the network changed its outputs by %.2g of the largest value; the limit is %.2g. It stays FP32."
                            .formatted(Character.toUpperCase(what.charAt(0)) + what.substring(1), off, TOLERANCE));
        }
        return changed;
    }

    /** Makes the batch size dynamic, if a batch of two has the same outputs as single images. */
    private OnnxModel flexible(OnnxModel model, List<Tensor> expected) {
        try {
            OnnxModel flexible = GraphEdits.withSymbolicBatch(model);
            boolean same = difference(expected, outputs(flexible)) <= TOLERANCE
                    && difference(expected, together(flexible)) <= TOLERANCE;
            return same ? flexible : model;
        } catch (FoveaException e) {
            return model; // its graph counts on one image
        }
    }

    /** The outputs for each sample, one after another. */
    private List<Tensor> outputs(OnnxModel model) {
        try (Session session = engine.load(model.bytes(), SessionSettings.forThisMachine())) {
            List<Tensor> outputs = new ArrayList<>();
            samples.forEach(sample -> outputs.addAll(session.run(List.of(sample))));
            return outputs;
        }
    }

    /** The same with all samples in one run. */
    private List<Tensor> together(OnnxModel model) {
        try (Session session = engine.load(model.bytes(), SessionSettings.forThisMachine())) {
            List<Tensor> outputs = session.run(List.of(Batches.join(samples)));
            List<Tensor> single = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                for (Tensor output : outputs) {
                    if (output.shape().length == 0 || output.shape()[0] % samples.size() != 0) {
                        return List.of(); // its first axis is no batch
                    }
                    single.add(Batches.item(output, i, samples.size()));
                }
            }
            return single;
        }
    }

    /** The largest difference, as a share of the largest value expected; infinite where shapes differ. */
    private static double difference(List<Tensor> expected, List<Tensor> given) {
        if (expected.size() != given.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        double off = 0;
        for (int i = 0; i < expected.size(); i++) {
            float[] wanted = expected.get(i).floats();
            float[] got = given.get(i).floats();
            if (wanted.length != got.length) {
                return Double.POSITIVE_INFINITY;
            }
            for (int j = 0; j < wanted.length; j++) {
                largest = Math.max(largest, Math.abs(wanted[j]));
                double difference = Math.abs(wanted[j] - got[j]);
                off = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(off, difference);
            }
        }
        return off == 0 ? 0 : off / largest;
    }

    /** Several images' tensors as one, and back. */
    private static final class Batches {

        private Batches() {}

        static Tensor join(List<Tensor> tensors) {
            Tensor first = tensors.getFirst();
            int bytes = first.bytes().remaining();
            ByteBuffer joined = ByteBuffer.allocate(bytes * tensors.size());
            tensors.forEach(tensor -> joined.put(tensor.bytes().duplicate()));
            long[] shape = first.shape().clone();
            shape[0] *= tensors.size();
            return new Tensor(first.name(), first.type(), shape, joined.flip());
        }

        static Tensor item(Tensor batch, int index, int of) {
            int bytes = batch.bytes().remaining() / of;
            long[] shape = batch.shape().clone();
            shape[0] /= of;
            return new Tensor(
                    batch.name(), batch.type(), shape, batch.bytes().duplicate().slice(index * bytes, bytes));
        }
    }
}
