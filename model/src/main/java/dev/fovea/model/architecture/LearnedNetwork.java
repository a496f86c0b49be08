package dev.fovea.model.architecture;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.checkpoint.Checkpoint;
import dev.fovea.model.graph.OnnxModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A network that was written from learned weights: input {@code images [batch, 3, height, width]}, output {@code logits
 * [batch, classes]}, no softmax.
 *
 * @param naming the library whose names the weights have
 */
public record LearnedNetwork(OnnxModel model, Architecture architecture, String naming, int classes) {

    /**
     * Writes a network with the weights of a checkpoint. All of them are checked before any is read.
     *
     * @throws FoveaException {@code WEIGHTS_MISMATCH} names tensors that are missing, of another shape or not in the
     *     network, and the architecture whose weights they are
     */
    public static LearnedNetwork write(Architecture architecture, Checkpoint checkpoint, Size size) {
        WeightFit fit = best(architecture, checkpoint, size);
        if (!fit.fits()) {
            throw mismatch(architecture, checkpoint, fit);
        }
        NetworkWriter writer = new NetworkWriter(architecture.word(), (name, _) -> checkpoint.values(name));
        OnnxModel model = fit.plan().write(writer, size, fit.classes());
        return new LearnedNetwork(model, architecture, fit.plan().naming(), fit.classes());
    }

    /** The architectures whose networks have exactly the tensors of a checkpoint. */
    public static List<Architecture> fitting(Checkpoint checkpoint) {
        return Arrays.stream(Architecture.values())
                .filter(architecture ->
                        best(architecture, checkpoint, architecture.usualSize()).fits())
                .toList();
    }

    private static WeightFit best(Architecture architecture, Checkpoint checkpoint, Size size) {
        return architecture.plans().stream()
                .map(plan -> WeightFit.of(plan, checkpoint, size))
                .min(Comparator.comparingInt(WeightFit::faults))
                .orElseThrow();
    }

    private static FoveaException mismatch(Architecture architecture, Checkpoint checkpoint, WeightFit fit) {
        String looks = fitting(checkpoint).stream()
                .findFirst()
                .map(other -> "They are weights of %1$s: state --architecture %1$s.".formatted(other.word()))
                .orElse("They are weights of no architecture that is written here: export the network as ONNX.");
        return new FoveaException(
                ErrorCode.WEIGHTS_MISMATCH,
                "%s does not hold the weights of %s (in the names of %s). %s %s"
                        .formatted(
                                checkpoint.source(),
                                architecture.word(),
                                fit.plan().naming(),
                                fit.text(),
                                looks));
    }
}
