package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorSpec.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Triton model repository's {@code config.pbtxt} states (source: {@code protobuf/model_config.proto} of
 * triton-inference-server/common). It knows nothing of what is done to an image.
 *
 * @param name of the model, where stated
 * @param labels the file with the labels of the first output that has one, relative to the configuration
 */
record TritonConfig(Optional<String> name, Optional<String> labels) {

    /** Reads a configuration; {@code CONTRACT_MISMATCH} where it states another input than the graph has. */
    static TritonConfig read(String text, String source, OnnxModel model) {
        TextMessage config = TextMessageReader.read(text, source);
        boolean batches = config.words("max_batch_size").stream().anyMatch(size -> size.matches("[1-9]\\d*"));
        config.messages("input").forEach(input -> requireSame(input, batches, source, model));
        return new TritonConfig(
                config.text("name"),
                config.messages("output").stream()
                        .flatMap(output -> output.text("label_filename").stream())
                        .findFirst());
    }

    private static void requireSame(TextMessage input, boolean batches, String source, OnnxModel model) {
        Optional<TensorSpec> spec = model.inputs().stream()
                .filter(candidate ->
                        input.text("name").filter(candidate.name()::equals).isPresent())
                .findFirst();
        if (spec.isEmpty() || !input.messages("reshape").isEmpty()) {
            return; // Triton reports another name itself; with a reshape the graph sees other dimensions
        }
        List<String> stated = new ArrayList<>(input.words("dims"));
        if (batches) {
            stated.addFirst("-1");
        }
        List<Axis> axes = spec.get().axes();
        boolean same = stated.size() == axes.size();
        for (int i = 0; same && i < stated.size(); i++) {
            String length = stated.get(i);
            same = length.startsWith("-")
                    || axes.get(i)
                            .fixed()
                            .map(String::valueOf)
                            .map(length::equals)
                            .orElse(true);
        }
        if (!same) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "%s gives the input the dimensions %s but the model's input is %s. Correct the file or the model."
                            .formatted(source, input.words("dims"), spec.get()));
        }
    }
}
