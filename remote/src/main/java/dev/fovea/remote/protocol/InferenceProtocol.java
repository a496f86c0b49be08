package dev.fovea.remote.protocol;

import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.protocol.HttpBinding;
import dev.fovea.protocol.InferRequest;
import dev.fovea.protocol.JsonInferWriter;
import dev.fovea.protocol.RequestedOutput;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.statistics.Softmax;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Open Inference Protocol, version 2, with the image as one BYTES element in the binary tensor extension.
 * https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
final class InferenceProtocol implements Protocol {

    /** The protocol has no limit; this one keeps the request in one array of moderate size. */
    private static final int MAX_BYTES = 100_000_000;

    private final OpenInferenceProvider server;
    private final URI address;

    InferenceProtocol(OpenInferenceProvider server) {
        this.server = server;
        String path = HttpBinding.path(server.model(), server.version()) + "/infer";
        this.address = Addresses.below(server.endpoint(), path.substring(1));
    }

    @Override
    public int maxImageBytes() {
        return MAX_BYTES;
    }

    @Override
    public OutgoingRequest request(byte[] image) {
        OpenInferenceProvider.Input input = server.input();
        Tensor tensor = new Tensor(
                input.name(),
                DataType.BYTES,
                input.shape().stream().mapToLong(Integer::longValue).toArray(),
                ByteStrings.pack(List.of(image)));
        int classes = server.output() instanceof OpenInferenceProvider.Output.ClassificationOutput ranked
                ? ranked.count()
                : 0;
        JsonInferWriter.Body body = JsonInferWriter.request(new InferRequest(
                "",
                List.of(tensor),
                List.of(new RequestedOutput(server.output().name(), Optional.of(false), classes)),
                InferRequest.Options.DEFAULT));
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", HttpBinding.BINARY);
        headers.put(HttpBinding.JSON_LENGTH, Integer.toString(body.jsonLength().orElse(0)));
        server.credentials().ifPresent(bearer -> headers.put("Authorization", "Bearer " + bearer.token()));
        return new OutgoingRequest(address, headers, body.bytes());
    }

    @Override
    public RemoteFindings findings(ServiceResponse response) {
        InferenceTensor tensor = InferenceTensor.read(response, server.output().name());
        List<RemoteLabel> labels = switch (server.output()) {
            case OpenInferenceProvider.Output.ClassificationOutput classification ->
                tensor.texts().stream().map(this::ranked).toList();
            case OpenInferenceProvider.Output.Probabilities probabilities ->
                labelled(
                        probabilities.labels(),
                        tensor.numbers(probabilities.labels().size()));
            case OpenInferenceProvider.Output.Logits logits ->
                labelled(
                        logits.labels(),
                        Softmax.of(tensor.numbers(logits.labels().size())));
        };
        return new RemoteFindings(labels, List.of());
    }

    /** One class as {@code "value:index"} or {@code "value:index:label"}; a label may have colons itself. */
    private RemoteLabel ranked(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            throw ResponsePart.malformed(
                    "output \"%s\" must have texts \"value:index:label\" but has \"%s\"",
                    server.output().name(), text);
        }
        return new RemoteLabel(parts[parts.length - 1], probability(number(parts[0])));
    }

    private double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw ResponsePart.malformed(
                    "\"%s\" in output \"%s\" is not a number",
                    text, server.output().name());
        }
    }

    private double probability(double value) {
        if (!(value >= 0 && value <= 1 + 1e-3)) {
            throw ResponsePart.malformed(
                    "output \"%s\" has %s, which is not a probability; set kind to logits if it has those",
                    server.output().name(), value);
        }
        return Math.min(1, value);
    }

    private List<RemoteLabel> labelled(List<String> names, double[] values) {
        List<RemoteLabel> labels = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            labels.add(new RemoteLabel(names.get(i), probability(values[i])));
        }
        return labels;
    }

    @Override
    public ErrorResponse errorResponse(ServiceResponse response) {
        return new ErrorResponse(
                AttemptProblem.of(response.status()),
                ResponsePart.parse(response.body()).text("error"));
    }
}
