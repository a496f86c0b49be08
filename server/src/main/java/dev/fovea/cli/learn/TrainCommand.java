package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.Fractions;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.pipeline.ModelTraining;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.server.Application;
import dev.fovea.training.Recipe;
import dev.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
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
            "Trains a classifier from a folder of images and registers it.",
            "FOLDER holds a folder per class, or train/, val/ and test/ above those; or images with a CSV file of labels (image,label) or a Label Studio export of choices. Without a test/ folder a fifth of the images is held out. The model is judged on the held-out images and becomes the next version. A model's first version goes into production if it is of use; a later one is compared with production.",
            "Then an INT8 version of it is tried, and registered as a candidate if it is smaller, faster on this machine and loses no more than half a point. It never goes into production by itself."
        },
        footer = {"", "Example:  fovea train images/shirts --name shirts --minutes 5"})
public final class TrainCommand extends HomeCommand {

    private static final int MOST_MINUTES = 7 * 24 * 60;

    @Parameters(paramLabel = "FOLDER", description = "The labelled images.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path folder;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--network", paramLabel = "FAMILY", description = "residual or mobile (default: ${DEFAULT-VALUE}).")
    private Family family = Recipe.DEFAULT.family();

    @Option(names = "--size", paramLabel = "SIZE", description = "small, medium or large (default: ${DEFAULT-VALUE}).")
    private Scale scale = Recipe.DEFAULT.scale();

    @Option(
            names = "--edge",
            paramLabel = "PIXELS",
            description = "Edge of the square that the network sees (default: ${DEFAULT-VALUE}).")
    private int edge = Recipe.DEFAULT.edge();

    @Option(names = "--minutes", paramLabel = "N", description = "Most time to train for (default: 10).")
    private double minutes = 10;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the images (default: fewer for more images).")
    private @Nullable Integer epochs;

    @Option(
            names = "--class-weights",
            paramLabel = "balanced|none",
            description =
                    "balanced: images of rare classes count more, by the square root of their rarity (default: ${DEFAULT-VALUE}).")
    private ClassWeights classWeights = ClassWeights.BALANCED;

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
            description =
                    "Write everything that was found in FOLDER to a file, as JSON: all look-alikes, all files left out.")
    private @Nullable Path findings;

    @Option(names = "--no-int8", description = "Do not try an INT8 version of it.")
    private boolean withoutInt8;

    @Mixin
    private final PromotionOption promotion = new PromotionOption();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    private void requireMinutes() {
        if (!(minutes * 60 >= 1 && minutes <= MOST_MINUTES)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--minutes is %s; it must be from 0.02 (one second) to %,d (a week)."
                            .formatted(minutes, MOST_MINUTES));
        }
    }

    /** Whether rare classes count more. */
    enum ClassWeights {
        BALANCED,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        requireMinutes();
        Terminal terminal = terminal();
        TrainingSettings settings =
                TrainingSettings.defaults().withTimeBudget(Duration.ofMillis(Math.round(minutes * 60_000)));
        settings =
                settings.withClassWeights(classWeights == ClassWeights.BALANCED).withSeed(seed);
        settings = epochs == null ? settings : settings.withEpochs(epochs);
        TrainingSpec order = new TrainingSpec(
                folder.toAbsolutePath(),
                name,
                new Recipe(family, scale, edge),
                settings,
                Optional.ofNullable(split).map(Fractions::parse),
                promotion.policy(),
                note);
        try (Application application = open()) {
            JobTools workshop = application.tools();
            ModelTraining.Result result = new ModelTraining(workshop)
                    .run(order, new TrainingProgress(terminal, json, Optional.ofNullable(findings)));
            Optional<ModelQuantization.Result> int8 = withoutInt8 ? Optional.empty() : int8(workshop, result, terminal);
            if (json) {
                terminal.json(TrainingSummary.of(result, int8));
                return 0;
            }
            terminal.say(TrainingText.of(result, application.registry()));
            int8.map(Int8::sentence).ifPresent(terminal::say);
            return 0;
        }
    }

    /** What is of no use in float is of no use in integers. */
    private static Optional<ModelQuantization.Result> int8(
            JobTools workshop, ModelTraining.Result result, Terminal terminal) {
        if (!result.verdict().clearsFloor()) {
            terminal.note("No INT8 version was tried: the model is not usable as it is.");
            return Optional.empty();
        }
        return Int8.tried(workshop, result.version(), terminal);
    }
}
