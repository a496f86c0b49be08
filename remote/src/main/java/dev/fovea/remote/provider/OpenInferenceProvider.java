package dev.fovea.remote.provider;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A classifier on another server of the Open Inference Protocol, version 2, whose input takes an image's file:
 * {@code POST /v2/models/MODEL/infer} with Triton's binary tensor extension. Examples are another Fovea, or an ensemble
 * on Triton that begins with a decoder.
 *
 * @param endpoint the server, as http://triton:8000
 * @param credentials a token, if the server requires one
 * @param model its name there
 * @param version its version there; the server's choice where none is given
 * @param input which tensor takes the image
 * @param output which tensor has the prediction, and how it is read
 */
public record OpenInferenceProvider(
        URI endpoint,
        Optional<Credentials.Bearer> credentials,
        String model,
        Optional<String> version,
        Input input,
        Output output)
        implements Provider {

    public OpenInferenceProvider {
        ConfigurationCheck.address(endpoint, credentials.isPresent());
        ConfigurationCheck.configured(
                !model.isBlank() && version.filter(String::isBlank).isEmpty(),
                "model or version at %s is blank. Write the name that the server lists.",
                endpoint);
    }

    @Override
    public List<String> secrets() {
        return credentials.map(Credentials::secrets).orElse(List.of());
    }

    @Override
    public String title() {
        return "Open Inference server";
    }

    /**
     * A tensor of datatype BYTES that takes one image's file.
     *
     * @param name as in the model's metadata
     * @param shape of one element in all: [1], or [1, 1] with a batch dimension
     */
    public record Input(String name, List<Integer> shape) {

        public Input {
            shape = List.copyOf(shape);
            ConfigurationCheck.configured(
                    !name.isBlank(), "input.name is blank. Write the name in the model's metadata.");
            ConfigurationCheck.configured(
                    !shape.isEmpty() && shape.stream().allMatch(extent -> extent == 1),
                    "input.shape of \"%s\" is %s; it must hold one image, as [1] or [1, 1].",
                    name,
                    shape);
        }
    }

    /** How the response is read. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Output.ClassificationOutput.class, name = "classification"),
        @JsonSubTypes.Type(value = Output.Probabilities.class, name = "probabilities"),
        @JsonSubTypes.Type(value = Output.Logits.class, name = "logits")
    })
    public sealed interface Output {

        /** The tensor's name as in the model's metadata. */
        String name();

        /**
         * The server ranks and names the classes itself, by the classification extension: it returns texts
         * {@code "value:index:label"}. Values must be probabilities. Where the server has no labels for the model, the
         * index is the label.
         *
         * @param count of classes to request, at least 1
         */
        record ClassificationOutput(String name, int count) implements Output {

            public ClassificationOutput {
                ConfigurationCheck.configured(
                        count > 0, "count of output \"%s\" is %d; it must be positive.", name, count);
            }
        }

        /**
         * A tensor of floating-point probabilities, one for each label in their order.
         *
         * @param labels one for each element
         */
        record Probabilities(String name, List<String> labels) implements Output {

            public Probabilities {
                labels = named(name, labels);
            }
        }

        /**
         * A tensor of floating-point logits, one for each label in their order; softmax is done here.
         *
         * @param labels one for each element
         */
        record Logits(String name, List<String> labels) implements Output {

            public Logits {
                labels = named(name, labels);
            }
        }

        private static List<String> named(String name, List<String> labels) {
            ConfigurationCheck.configured(
                    !labels.isEmpty(), "output.labels of \"%s\" is empty. Give one for each element.", name);
            return List.copyOf(labels);
        }
    }
}
