package dev.fovea.cli.learn;

import dev.fovea.cli.learn.multitask.TaskOptions;
import dev.fovea.cli.search.SearchOptions;
import dev.fovea.cli.teacher.TeacherOptions;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.request.AnomalyRequest;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.request.TrainRequest;
import dev.fovea.server.Application;
import dev.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea train}. */
@Command(
        name = "train",
        description = {
            "Trains a classifier or a detector from a folder of images or a data set, and registers it.",
            "FOLDER holds a folder per class, or train/, val/ and test/ above those; or images with a CSV file of labels (image,label) or a Label Studio export of choices. Without a test/ folder a fifth of the images become test images. The model is evaluated on the test images and becomes the next version. A model's first version goes into production if it is of use; a later one is compared with production.",
            "With --from the network has learned weights already: a linear classifier is fitted to its features, which takes seconds and needs few images. With --minutes all its weights are learned further, and kept where that predicts the validation images better.",
            "With --teacher it learns from what larger models predict, beside the labels.",
            "Where the images have boxes (YOLO, COCO, Pascal VOC, Label Studio), it trains a detector: from a YOLOX, whose class layers are replaced, or on the feature maps of another network. That needs --from.",
            "With --anomaly too, it learns from good images alone what is anomalous.",
            "With --task, several times instead of FOLDER, it trains one model for several label sets: their heads share the network of --from.",
            "With --bar, the smallest model that is good enough is searched for: over backbones, where they are cut, sizes of images and INT8.",
            "Then the model is quantized to INT8. The INT8 version is registered as a candidate if it is smaller, faster on this machine and loses at most half a point. It is never promoted automatically."
        },
        footer = {
            "",
            "Example:  fovea train images/shirts --name shirts --minutes 5",
            "          fovea train images/shirts --name shirts --from squeezenet",
            "          fovea train images/shirts --name shirts --from efficientnet-lite0 --minutes 5",
            "          fovea train images/shirts --name small --from squeezenet --teacher shirts",
            "          fovea train images/cells --name cells --from yolox-nano --minutes 30",
            "          fovea train images/tiles --name tiles --from squeezenet --anomaly --false-alarms 1%%",
            "          fovea train --task colour=images/colour --task cut=images/cut --name shirts --from squeezenet",
            "          fovea train images/shirts --name shirts --bar \"recall(hole) >= 0.95, p99 <= 20ms\""
        })
public final class TrainCommand extends HomeCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER|DATASET",
            description =
                    "The labelled images: a folder, or NAME or NAME@VERSION of a data set for classification or detection (fovea data list).")
    private @Nullable String data;

    @Mixin
    private final TaskOptions tasks = new TaskOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final BackboneOptions backbone = new BackboneOptions();

    @Mixin
    private final TeacherOptions teacher = new TeacherOptions();

    @Mixin
    private final AnomalyOptions anomaly = new AnomalyOptions();

    @Mixin
    private final DetectorOptions detector = new DetectorOptions();

    @Mixin
    private final SearchOptions search = new SearchOptions();

    @Option(names = "--network", paramLabel = "FAMILY", description = "residual or mobile (default: residual).")
    private @Nullable Family family;

    @Option(names = "--size", paramLabel = "SIZE", description = "small, medium or large (default: small).")
    private @Nullable Scale scale;

    @Option(
            names = "--edge",
            paramLabel = "PIXELS",
            description =
                    "Edge of the network's square input, in pixels (default: 128; with --from and --fit network the images' own, up to the network's; for a detector by the sizes of images and boxes).")
    private @Nullable Integer edge;

    @Option(names = "--minutes", paramLabel = "N", description = "Max training time (default: 10; for a detector 30).")
    private @Nullable Double minutes;

    @Option(names = "--epochs", paramLabel = "N", description = "Number of epochs (default: fewer for more images).")
    private @Nullable Integer epochs;

    @Option(
            names = "--steps",
            paramLabel = "PLAN",
            description =
                    "With --fit network: the steps of an earlier training to follow, as its version's setting steps_run has them (default: as many as --minutes takes).")
    private String steps = "";

    @Option(
            names = "--class-weights",
            paramLabel = "balanced|none",
            description =
                    "balanced: images of rare classes count more, by the square root of their rarity (default: ${DEFAULT-VALUE}).")
    private ClassWeights classWeights = ClassWeights.BALANCED;

    @Option(
            names = "--soft-labels",
            paramLabel = "on|off",
            description =
                    "on: where several people labelled an image of a data set, the probability of each class is the target; off: the label in force is (default: ${DEFAULT-VALUE}).")
    private SoftLabelUse softLabels = SoftLabelUse.ON;

    @Option(
            names = "--split",
            paramLabel = "70/10/20",
            description =
                    "Percent of the images for training, validation and test, where FOLDER does not divide them (default: 70/10/20).")
    private @Nullable String split;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Of initialization, shuffling and augmentation; the split stays the same (default: ${DEFAULT-VALUE}).")
    private long seed = TrainingSettings.defaults().seed();

    @Option(
            names = "--findings",
            paramLabel = "FILE",
            description = "Write all findings about FOLDER to a JSON file: all near duplicates, all skipped files.")
    private @Nullable Path findings;

    @Option(names = "--no-int8", description = "Do not try an INT8 version of it.")
    private boolean withoutInt8;

    @Mixin
    private final PromotionOption promotion = new PromotionOption();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** Whether rare classes count more. */
    enum ClassWeights {
        BALANCED,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether soft labels are the target. */
    enum SoftLabelUse {
        ON,
        OFF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        TrainRequest request = new TrainRequest(
                name,
                stated(),
                backbone.network(home.path(), word(family), word(scale), Optional.ofNullable(edge)),
                new TrainRequest.TrainScheduleRequest(
                        Optional.ofNullable(minutes),
                        Optional.empty(),
                        Optional.ofNullable(epochs),
                        classWeights.toString(),
                        Optional.of(seed),
                        Optional.of(softLabels == SoftLabelUse.ON),
                        steps,
                        teacher.request()),
                split == null ? "" : split,
                promotion.word(),
                Optional.of(!withoutInt8),
                note);
        if (tasks.requested()) {
            detector.requireUnused();
            search.requireAbsent();
            teacher.requireAbsent("a model of several tasks");
            MultiTaskRequest several = tasks.request(request, DataArgument::of);
            try (Application application = open()) {
                MultiTaskRun.of(several, application, terminal, json);
            }
            return 0;
        }
        if (anomaly.requested()) {
            detector.requireUnused();
            search.requireAbsent();
            teacher.requireAbsent("an anomaly detector");
            AnomalyRequest good = anomaly.request(request);
            try (Application application = open()) {
                AnomalyRun.of(good, application, terminal, json);
            }
            return 0;
        }
        if (search.requested()) {
            detector.requireUnused();
            teacher.requireAbsent("a search");
            SearchRequest wanted = search.request(request);
            wanted.validate();
            try (Application application = open()) {
                SearchRun.of(wanted, application, terminal, Optional.ofNullable(findings), json);
            }
            return 0;
        }
        try (Application application = open()) {
            if (application.work().hasBoxes(request.data())) {
                teacher.requireAbsent("a detector");
                BoxedTraining.of(detector.request(request), application, terminal, json);
                return 0;
            }
            detector.requireUnused();
            JobWork.Trained trained = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application
                                    .work()
                                    .train(
                                            request,
                                            new TrainingProgress(
                                                    terminal, json, Optional.ofNullable(findings), progress)),
                            JobOutcomes::of);
            if (json) {
                terminal.json(TrainingSummary.of(trained.result(), trained.int8()));
                return 0;
            }
            terminal.say(TrainingText.of(trained.result(), application.registry()));
            trained.int8().map(Int8::sentence).ifPresent(terminal::say);
            return 0;
        }
    }

    /** The images, unless those of tasks are stated. */
    private String stated() {
        if (data == null && !tasks.requested()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The images are missing. Name a folder or a data set, or several with --task TASK=FOLDER.");
        }
        return data == null ? "" : DataArgument.of(data);
    }

    private static String word(@Nullable Enum<?> choice) {
        return choice == null ? "" : choice.name().toLowerCase(Locale.ROOT);
    }
}
