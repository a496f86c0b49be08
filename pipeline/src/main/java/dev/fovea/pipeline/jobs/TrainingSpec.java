package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Fractions;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.request.TrainRequest;
import dev.fovea.training.DistillationSettings;
import dev.fovea.training.FineTuningSettings;
import dev.fovea.training.Recipe;
import dev.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training request.
 *
 * @param folder images in a folder per class, or {@code train/}, {@code val/}, {@code test/} above those
 * @param name of the model
 * @param start the network to start from
 * @param settings how to learn
 * @param split split fractions for a folder without splits; empty for the default
 * @param promotion when to promote the version
 * @param note free text
 * @param data the version of the curated data set; empty for a folder
 */
public record TrainingSpec(
        Path folder,
        String name,
        StartingNetwork start,
        TrainingSettings settings,
        Optional<Fractions> split,
        PromotionPolicy promotion,
        String note,
        Optional<TrainingTargets> data) {

    /** The setting that says how many epochs were run. */
    public static final String EPOCHS_RUN = "epochs_run";

    /** The setting that says which steps were run, for another training to follow. */
    public static final String STEPS_RUN = "steps_run";

    /** The setting that says which square images are brought to. */
    public static final String EDGE = "edge";

    private static final double DEFAULT_MINUTES = 10;

    /**
     * The specification of a valid request, with the defaults of recipe and settings.
     *
     * @param backbone to fit a head to; empty for a new network
     * @param data the version of the curated data set; empty for a folder
     */
    public static TrainingSpec of(TrainRequest request, Optional<Backbone> backbone, Optional<TrainingTargets> data) {
        TrainRequest.TrainScheduleRequest schedule = request.schedule();
        boolean tuned = backbone.isPresent() && request.fitsNetwork();
        TrainingSettings defaults = tuned ? TrainingSettings.fineTuned() : TrainingSettings.defaults();
        TrainingSettings settings = defaults.with(defaults.schedule()
                        .withTimeBudget(
                                Duration.ofMillis(Math.round(schedule.minutes().orElse(DEFAULT_MINUTES) * 60_000)))
                        .withMinEpochs(schedule.minEpochs().orElse(0)))
                .withClassWeights(!schedule.classWeights().equals("none"));
        settings =
                schedule.seed().isPresent() ? settings.withSeed(schedule.seed().get()) : settings;
        settings = schedule.epochs().isPresent()
                ? settings.withEpochs(schedule.epochs().get())
                : settings;
        if (tuned) {
            settings = settings.with(FineTuningSettings.DEFAULT
                    .withSteps(schedule.steps())
                    .withEdge(request.network().edge().orElse(0)));
        }
        Optional<DistillationSettings> teachers = schedule.distillation().settings(request.fitsHead());
        settings = teachers.isPresent() ? settings.with(teachers.get()) : settings;
        StartingNetwork.FitScope fit = tuned ? StartingNetwork.FitScope.NETWORK : StartingNetwork.FitScope.HEAD;
        return new TrainingSpec(
                Path.of(request.data()).toAbsolutePath(),
                request.model(),
                backbone.<StartingNetwork>map(network -> new StartingNetwork.Pretrained(network, fit))
                        .orElseGet(() -> new StartingNetwork.Fresh(recipe(request.network()))),
                settings,
                Optional.of(request.split()).filter(split -> !split.isEmpty()).map(Fractions::parse),
                PromotionPolicy.of(request.promote()),
                request.note(),
                data);
    }

    /**
     * The specification of a valid search.
     *
     * @param start what is searched for
     * @param data the version of the curated data set; empty for a folder
     */
    public static TrainingSpec of(
            SearchRequest request, StartingNetwork.Searched start, Optional<TrainingTargets> data) {
        TrainingSettings defaults = TrainingSettings.defaults();
        TrainingSettings settings =
                defaults.withTimeBudget(Duration.ofMillis(Math.round(request.limit() * StartingNetwork.MILLIS)));
        return new TrainingSpec(
                Path.of(request.data()).toAbsolutePath(),
                request.model(),
                start,
                request.seed().map(settings::withSeed).orElse(settings),
                Optional.empty(),
                PromotionPolicy.of(request.promote()),
                request.note(),
                data);
    }

    private static Recipe recipe(TrainRequest.TrainNetworkRequest network) {
        return new Recipe(
                network.family().isEmpty()
                        ? Recipe.DEFAULT.family()
                        : Family.valueOf(network.family().toUpperCase(Locale.ROOT)),
                network.size().isEmpty()
                        ? Recipe.DEFAULT.scale()
                        : Scale.valueOf(network.size().toUpperCase(Locale.ROOT)),
                network.edge().orElse(Recipe.DEFAULT.edge()));
    }

    /** All parameters that determine the result, for lineage; {@code divided} are the images. */
    public Map<String, String> described(DatasetVersion divided) {
        Map<String, String> described = new TreeMap<>(start.described(settings));
        data.map(each -> each.described(divided)).ifPresent(described::putAll);
        return described;
    }
}
