package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.Fractions;
import dev.fovea.training.Recipe;
import dev.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to train.
 *
 * @param folder images in a folder per class, or {@code train/}, {@code val/}, {@code test/} above those
 * @param name of the model
 * @param recipe of the fresh network
 * @param settings how to learn
 * @param split how images are divided that the folder does not divide; empty for the default
 * @param promotion whether the version goes into production
 * @param note free words
 */
public record TrainingSpec(
        Path folder,
        String name,
        Recipe recipe,
        TrainingSettings settings,
        Optional<Fractions> split,
        PromotionPolicy promotion,
        String note) {

    /** The setting that says how many epochs were run. */
    public static final String EPOCHS_RUN = "epochs_run";

    /** An order with the default split. */
    public TrainingSpec(
            Path folder,
            String name,
            Recipe recipe,
            TrainingSettings settings,
            PromotionPolicy promotion,
            String note) {
        this(folder, name, recipe, settings, Optional.empty(), promotion, note);
    }

    /** Everything that decided the outcome, for lineage. */
    public Map<String, String> described(int epochs) {
        Map<String, String> described = new TreeMap<>(settings.describe());
        described.put("network", recipe.family().name().toLowerCase(Locale.ROOT));
        described.put("scale", recipe.scale().name().toLowerCase(Locale.ROOT));
        described.put("edge", Integer.toString(recipe.edge()));
        described.put(EPOCHS_RUN, Integer.toString(epochs));
        return described;
    }
}
