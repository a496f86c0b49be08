package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;

/** Imports an ONNX file, or an exported version, as the next version of a model. */
public record ImportRequest(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "An ONNX file, the folder that it is in, or an exported version; over the API below the server's datasets.roots")
        String file,

        @JsonPropertyDescription("The model's name. Default: the one in the files")
        String model,

        ImportNetworkRequest network,

        @JsonPropertyDescription("Image files for the golden test. Default: drawn ones")
        List<String> golden,

        @JsonPropertyDescription(JobRequest.DATA + ". Labelled images to evaluate it on. Default: none")
        String data,

        ImportLimitsRequest limits,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    public ImportRequest {
        file = JobRequest.text(file);
        model = JobRequest.text(model);
        network = network == null ? ImportNetworkRequest.DEFAULT : network;
        golden = golden == null ? List.of() : List.copyOf(golden);
        data = JobRequest.text(data);
        limits = limits == null ? ImportLimitsRequest.DEFAULT : limits;
        promote = JobRequest.text(promote);
        note = JobRequest.text(note);
    }

    /** Declared use of the network; missing values are inferred from the file and its folder. */
    public record ImportNetworkRequest(
            @JsonPropertyDescription("classification, multi-label, detection, embedding or tensors")
            String task,

            @JsonPropertyDescription("JSON file with the output decoder of a detector")
            String decoder,

            @JsonPropertyDescription("JSON file with the preprocessing contract")
            String contract,

            @JsonPropertyDescription("Text file with one label per line")
            String labels,

            @JsonPropertyDescription("Name of the output to use")
            String output,

            @JsonPropertyDescription("softmax, sigmoid or none")
            String activation,

            @JsonPropertyDescription("For multi-label models and masks: the probability from which a label applies")
            Optional<Double> threshold,

            ImportDecodeRequest decode) {
        public static final ImportNetworkRequest DEFAULT =
                new ImportNetworkRequest("", "", "", "", "", "", Optional.empty(), ImportDecodeRequest.DEFAULT);

        public ImportNetworkRequest {
            task = JobRequest.text(task);
            decoder = JobRequest.text(decoder);
            contract = JobRequest.text(contract);
            labels = JobRequest.text(labels);
            output = JobRequest.text(output);
            activation = JobRequest.text(activation);
            threshold = JobRequest.optional(threshold);
            decode = decode == null ? ImportDecodeRequest.DEFAULT : decode;
        }
    }

    /** The decode mode of the preprocessing contract. */
    public record ImportDecodeRequest(
            @JsonPropertyDescription(
                    "exact, fast, or auto: fast if it is faster on the labelled images and loses no more than the margin. Default: that of the contract")
            String mode,

            @JsonPropertyDescription("For auto: points of accuracy that may be lost. Default: 0.5")
            Optional<Double> margin) {
        public static final ImportDecodeRequest DEFAULT = new ImportDecodeRequest("", Optional.empty());

        public ImportDecodeRequest {
            mode = JobRequest.text(mode);
            margin = JobRequest.optional(margin);
        }

        /** Whether both modes are measured. */
        public boolean measures() {
            return mode.equals("auto");
        }
    }

    /** Limits of the import, which runs in a child process. */
    public record ImportLimitsRequest(
            @JsonPropertyDescription("Default: 180") Optional<Integer> seconds,

            @JsonPropertyDescription(
                    "Default: 3000 and 8 times the file, no more than three quarters of the machine's memory")
            Optional<Integer> memoryMb) {
        public static final ImportLimitsRequest DEFAULT = new ImportLimitsRequest(Optional.empty(), Optional.empty());

        public ImportLimitsRequest {
            seconds = JobRequest.optional(seconds);
            memoryMb = JobRequest.optional(memoryMb);
        }
    }

    @Override
    public String subject() {
        return model.isEmpty() ? file.substring(file.lastIndexOf('/') + 1) : model;
    }

    @Override
    public ImportRequest withPaths(RequestPaths paths) {
        return new ImportRequest(
                JobRequest.file(paths, "file", file),
                model,
                new ImportNetworkRequest(
                        network.task(),
                        JobRequest.file(paths, "network.decoder", network.decoder()),
                        JobRequest.file(paths, "network.contract", network.contract()),
                        JobRequest.file(paths, "network.labels", network.labels()),
                        network.output(),
                        network.activation(),
                        network.threshold(),
                        network.decode()),
                golden.stream().map(image -> paths.file("golden", image)).toList(),
                JobRequest.data(paths, "data", data),
                limits,
                promote,
                note);
    }
}
