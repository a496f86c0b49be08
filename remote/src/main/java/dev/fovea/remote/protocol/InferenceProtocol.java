package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.OpenInferenceProvider;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks the Open Inference Protocol, version 2, with the image as one BYTES element in the binary tensor extension:
 * the JSON first, whose length a header tells, then the element's length in 4 bytes, little-endian, then its bytes.
 * https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
final class InferenceProtocol implements Protocol {

    private static final JsonMapper MAPPER = new JsonMapper();
    /** The protocol knows no limit; this one keeps the request in one array of moderate size. */
    private static final int LARGEST = 100_000_000;

    private final OpenInferenceProvider server;
    private final URI address;

    InferenceProtocol(OpenInferenceProvider server) {
        this.server = server;
        String version =
                server.version().map(v -> "/versions/" + Addresses.segment(v)).orElse("");
        this.address = Addresses.below(
                server.endpoint(), "v2/models/%s%s/infer".formatted(Addresses.segment(server.model()), version));
    }

    @Override
    public int largestImage() {
        return LARGEST;
    }

    @Override
    public OutgoingRequest request(byte[] image) {
        byte[] head = head(image.length + Integer.BYTES);
        ByteBuffer body =
                ByteBuffer.allocate(head.length + Integer.BYTES + image.length).order(ByteOrder.LITTLE_ENDIAN);
        body.put(head).putInt(image.length).put(image);
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put(InferenceTensor.HEAD_LENGTH, Integer.toString(head.length));
        server.credentials().ifPresent(bearer -> headers.put("Authorization", "Bearer " + bearer.token()));
        return new OutgoingRequest(address, headers, body.array());
    }

    private byte[] head(int size) {
        ObjectNode head = MAPPER.createObjectNode();
        ObjectNode input = head.putArray("inputs").addObject();
        input.put("name", server.input().name());
        server.input().shape().forEach(input.putArray("shape")::add);
        input.put("datatype", "BYTES").putObject("parameters").put("binary_data_size", size);
        ObjectNode output = head.putArray("outputs").addObject();
        ObjectNode parameters = output.put("name", server.output().name())
                .putObject("parameters")
                .put("binary_data", false);
        if (server.output() instanceof OpenInferenceProvider.Output.ClassificationOutput classification) {
            parameters.put("classification", classification.count());
        }
        return MAPPER.writeValueAsBytes(head);
    }

    @Override
    public RemoteFindings findings(HttpReply reply) {
        InferenceTensor tensor = InferenceTensor.read(reply, server.output().name());
        List<RemoteLabel> labels = switch (server.output()) {
            case OpenInferenceProvider.Output.ClassificationOutput classification ->
                tensor.texts().stream().map(this::ranked).toList();
            case OpenInferenceProvider.Output.Probabilities probabilities ->
                labelled(
                        probabilities.labels(),
                        tensor.numbers(probabilities.labels().size()));
            case OpenInferenceProvider.Output.Logits logits ->
                labelled(logits.labels(), softmax(tensor.numbers(logits.labels().size())));
        };
        return new RemoteFindings(labels, List.of());
    }

    /** One class as {@code "value:index"} or {@code "value:index:label"}; a label may hold colons itself. */
    private RemoteLabel ranked(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            throw AnswerPart.malformed(
                    "output \"%s\" must hold texts \"value:index:label\" but holds \"%s\"",
                    server.output().name(), text);
        }
        return new RemoteLabel(parts[parts.length - 1], probability(number(parts[0])));
    }

    private double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw AnswerPart.malformed(
                    "\"%s\" in output \"%s\" is no number",
                    text, server.output().name());
        }
    }

    private double probability(double value) {
        if (!(value >= 0 && value <= 1 + 1e-3)) {
            throw AnswerPart.malformed(
                    "output \"%s\" holds %s, which is no probability; read it as logits if it holds those",
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

    private static double[] softmax(double[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        double[] shares = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp(logits[i] - most);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    @Override
    public ErrorResponse complaint(HttpReply reply) {
        return new ErrorResponse(
                AttemptProblem.of(reply.status()),
                AnswerPart.parse(reply.body()).text("error"));
    }
}
