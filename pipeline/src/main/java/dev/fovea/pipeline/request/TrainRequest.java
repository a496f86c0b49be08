package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trains a classifier. */
public record TrainRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true)
        @JsonPropertyDescription("A folder of labelled images; over the API one below the server's datasets.roots")
        String data,

        TrainNetworkRequest network,
        TrainScheduleRequest schedule,

        @JsonPropertyDescription(
                "Percent of the images for training, validation and test, for a folder without splits. Default: 70/10/20")
        String split,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Whether an INT8 version is tried afterwards. Default: true")
        Optional<Boolean> int8,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    public TrainRequest {
        model = JobRequest.text(model);
        data = JobRequest.text(data);
        network = network == null ? TrainNetworkRequest.DEFAULT : network;
        schedule = schedule == null ? TrainScheduleRequest.DEFAULT : schedule;
        split = JobRequest.text(split);
        promote = JobRequest.text(promote);
        int8 = JobRequest.optional(int8);
        note = JobRequest.text(note);
    }

    /** The network: a new one of a family, or one with learned weights. */
    public record TrainNetworkRequest(
            @JsonPropertyDescription("residual or mobile") String family,

            @JsonPropertyDescription("small, medium or large")
            String size,

            @JsonPropertyDescription("Edge in pixels of the square that the network sees")
            Optional<Integer> edge,

            @JsonPropertyDescription(
                    "A network with learned weights to start from: NAME or NAME:VERSION of a registered model, or a backbone that was added. Default: a new network")
            String from,

            @JsonPropertyDescription(
                    "With from, for a model that was imported without one: JSON file with its preprocessing contract")
            String contract,

            @JsonPropertyDescription(
                    "With from: the tensor that holds the features. Default: the input of the last linear layer")
            String cut,

            @JsonPropertyDescription(
                    "With from: head fits a linear classifier to the features, network then learns all weights further. Default: network where minutes, epochs or steps are stated, else head")
            String fit) {
        public static final TrainNetworkRequest DEFAULT = fresh("", "", Optional.empty());

        public TrainNetworkRequest {
            family = JobRequest.text(family);
            size = JobRequest.text(size);
            edge = JobRequest.optional(edge);
            from = JobRequest.text(from);
            contract = JobRequest.text(contract);
            cut = JobRequest.text(cut);
            fit = JobRequest.text(fit);
        }

        /** A new network. */
        public static TrainNetworkRequest fresh(String family, String size, Optional<Integer> edge) {
            return new TrainNetworkRequest(family, size, edge, "", "", "", "");
        }

        /** The backbone to start from; empty for a new network. */
        public Optional<BackboneReference> backbone() {
            return Optional.of(from)
                    .filter(name -> !name.isEmpty())
                    .map(name -> new BackboneReference(
                            name,
                            Optional.of(contract)
                                    .filter(file -> !file.isEmpty())
                                    .map(Path::of),
                            Optional.of(cut).filter(tensor -> !tensor.isEmpty())));
        }

        private TrainNetworkRequest withFrom(String other) {
            return new TrainNetworkRequest(family, size, edge, other, contract, cut, fit);
        }

        private TrainNetworkRequest withPaths(RequestPaths paths) {
            boolean file = !from.isEmpty() && Backbones.isFile(from);
            return new TrainNetworkRequest(
                    family,
                    size,
                    edge,
                    file ? paths.network("network.from", from) : from,
                    JobRequest.file(paths, "network.contract", contract),
                    cut,
                    fit);
        }
    }

    /** The training schedule. */
    public record TrainScheduleRequest(
            @JsonPropertyDescription("Time limit. Default: 10")
            Optional<Double> minutes,

            @JsonPropertyDescription("Minimum of epochs, whatever the time limit")
            Optional<Integer> minEpochs,

            @JsonPropertyDescription("Passes over the images")
            Optional<Integer> epochs,

            @JsonPropertyDescription("balanced or none. Default: balanced")
            String classWeights,

            Optional<Long> seed,

            @JsonPropertyDescription(
                    "Whether the soft labels of a data set are the target, where it has any. Default: true")
            Optional<Boolean> softLabels,

            @JsonPropertyDescription(
                    "With fit network: the steps of an earlier training to follow, as its version's settings have them. Default: as many as the time limit takes")
            String steps,

            @JsonPropertyDescription("Models to learn from beside the labels. Default: none")
            TeacherRequest distillation) {
        public static final TrainScheduleRequest DEFAULT = new TrainScheduleRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                TeacherRequest.NONE);

        public TrainScheduleRequest {
            minutes = JobRequest.optional(minutes);
            minEpochs = JobRequest.optional(minEpochs);
            epochs = JobRequest.optional(epochs);
            classWeights = JobRequest.text(classWeights);
            seed = JobRequest.optional(seed);
            softLabels = JobRequest.optional(softLabels);
            steps = JobRequest.text(steps);
            distillation = distillation == null ? TeacherRequest.NONE : distillation;
        }

        private TrainScheduleRequest with(TeacherRequest other) {
            return new TrainScheduleRequest(minutes, minEpochs, epochs, classWeights, seed, softLabels, steps, other);
        }
    }

    /** The same with another name for each teacher. */
    public TrainRequest withTeachers(UnaryOperator<String> name) {
        return new TrainRequest(
                model, data, network, schedule.with(schedule.distillation().with(name)), split, promote, int8, note);
    }

    /** Whether all weights of the network to start from are learned; a stated length asks for that. */
    public boolean fitsNetwork() {
        boolean isTimed = schedule.minutes().isPresent()
                || schedule.epochs().isPresent()
                || !schedule.steps().isEmpty();
        return network.fit().isEmpty() ? isTimed : network.fit().equals("network");
    }

    /** Whether a head alone is fitted to the network to start from. */
    public boolean fitsHead() {
        return network.backbone().isPresent() && !fitsNetwork();
    }

    /** The same for other data. */
    public TrainRequest withData(String other) {
        return new TrainRequest(model, other, network, schedule, split, promote, int8, note);
    }

    /** The same with another name of the network to start from, where there is one. */
    public TrainRequest withFrom(UnaryOperator<String> name) {
        return network.from().isEmpty()
                ? this
                : new TrainRequest(
                        model,
                        data,
                        network.withFrom(name.apply(network.from())),
                        schedule,
                        split,
                        promote,
                        int8,
                        note);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public TrainRequest withPaths(RequestPaths paths) {
        return new TrainRequest(
                model,
                JobRequest.data(paths, "data", data),
                network.withPaths(paths),
                schedule,
                split,
                promote,
                int8,
                note);
    }
}
