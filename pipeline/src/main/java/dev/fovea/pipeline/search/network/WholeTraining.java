package dev.fovea.pipeline.search.network;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.head.CutBackbone;
import dev.fovea.pipeline.head.HeadlessNetwork;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.training.FineTuningSettings;
import dev.fovea.training.Sample;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.TrainingProcess;
import dev.fovea.training.TrainingRequest;
import dev.fovea.training.TrainingSettings;
import dev.fovea.training.operator.OperatorSupport;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Learns all weights of networks for as long as it is told to, in child processes. */
final class WholeTraining {

    private final JobTools tools;
    private final WholeSpec spec;
    private final WholeProgress progress;
    private final ScratchDirectory directory;
    private int trainings;

    /** @param directory for files on the way; the caller's */
    WholeTraining(JobTools tools, WholeSpec spec, WholeProgress progress, ScratchDirectory directory) {
        this.tools = tools;
        this.spec = spec;
        this.progress = progress;
        this.directory = directory;
    }

    /**
     * The network before its training: with a head that was fitted to the training images, or with random weights.
     *
     * @throws FoveaException {@code MODEL_OPERATOR_UNSUPPORTED} where it cannot be trained, {@code DATASET_INVALID} for
     *     features that tell the labels no better than chance
     */
    LearnedWhole begun(WholeNetwork network) {
        return switch (network) {
            case WholeNetwork.Untrained fresh ->
                new LearnedWhole(
                        fresh,
                        fresh.recipe().network(spec.labels().size(), spec.seed()),
                        fresh.recipe().contract(),
                        0,
                        0);
            case WholeNetwork.Learned learned -> headed(learned);
        };
    }

    private LearnedWhole headed(WholeNetwork.Learned learned) {
        CutBackbone cuts = CutBackbone.open(tools, learned.backbone(), learned.edge());
        int whole = cuts.cuts().size() - 1;
        HeadlessNetwork network = cuts.at(whole);
        OperatorSupport.require(network.model());
        List<LabelledFile> images = spec.images().training();
        FeatureMatrix all = cuts.features(
                images,
                (done, total) -> progress.at("%s at %d px: features of %,d of %,d images"
                        .formatted(learned.name(), learned.edge(), done, total)));
        HeadlessNetwork.CandidateHead head = network.fitPlain(
                cuts.features(all, whole), images, spec.labels().size(), spec.balanced(), spec.seed());
        return new LearnedWhole(learned, network.with(head), network.contract(), 0, 0);
    }

    /**
     * The same after so much time of training; the weights that predict the validation images best.
     *
     * @throws FoveaException the errors of {@link TrainingProcess#await}, and {@code CANCELLED}
     */
    LearnedWhole trained(LearnedWhole from, Duration time) {
        int number = ++trainings;
        directory.write("start-%d.onnx".formatted(number), from.classifier().bytes());
        TrainingRequest request = new TrainingRequest(
                directory.resolve("start-%d.onnx".formatted(number)),
                directory.resolve("learned-%d.onnx".formatted(number)),
                from.contract(),
                spec.labels(),
                samples(spec.images().training()),
                samples(spec.images().validation()),
                settings(from.network(), time));
        TrainingEvent.Finished finished = finished(from, request, number);
        OnnxModel learned = OnnxModel.readWhole(directory.resolve("learned-%d.onnx".formatted(number)));
        return new LearnedWhole(
                from.network(),
                FoveaMetadata.written(
                        learned,
                        from.contract(),
                        Map.of(FoveaMetadata.SOURCE, from.network().name())),
                from.contract(),
                finished.validationAccuracy(),
                from.epochs() + finished.epochs());
    }

    private TrainingEvent.Finished finished(LearnedWhole from, TrainingRequest request, int number) {
        try (TrainingProcess process = TrainingProcess.start(
                request, directory.resolve("process-%d".formatted(number)), tools.engineCache(), event -> {
                    if (event instanceof TrainingEvent.Progress step) {
                        progress.at(words(from.network(), step));
                    }
                })) {
            return process.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The search was cancelled.", e);
        }
    }

    private static String words(WholeNetwork network, TrainingEvent.Progress step) {
        return "%s at %d px, all weights: epoch %d, %.0f images/s"
                .formatted(network.name(), network.edge(), step.epoch(), step.imagesPerSecond());
    }

    private TrainingSettings settings(WholeNetwork network, Duration time) {
        TrainingSettings settings = switch (network) {
            case WholeNetwork.Untrained _ -> TrainingSettings.defaults();
            case WholeNetwork.Learned learned ->
                TrainingSettings.fineTuned().with(FineTuningSettings.DEFAULT.withEdge(learned.edge()));
        };
        return settings.withTimeBudget(time).withSeed(spec.seed()).withClassWeights(spec.balanced());
    }

    private static List<Sample> samples(List<LabelledFile> images) {
        return images.stream().map(LabelledFile::sample).toList();
    }
}
