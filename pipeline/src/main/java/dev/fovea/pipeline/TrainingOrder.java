package dev.fovea.pipeline;

import dev.fovea.training.Recipe;
import dev.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to train.
 *
 * @param folder pictures in a folder per class, or {@code train/}, {@code val/}, {@code test/} above those
 * @param name of the model
 * @param recipe of the fresh network
 * @param settings how to learn
 * @param promotion whether the version goes into production
 * @param note free words
 */
public record TrainingOrder(
        Path folder, String name, Recipe recipe, TrainingSettings settings, PromotionPolicy promotion, String note) {

    /** Everything that decided the outcome, for lineage. */
    Map<String, String> described(int epochs) {
        Map<String, String> described = new TreeMap<>(settings.describe());
        described.put("network", recipe.family().name().toLowerCase(Locale.ROOT));
        described.put("scale", recipe.scale().name().toLowerCase(Locale.ROOT));
        described.put("edge", Integer.toString(recipe.edge()));
        described.put("epochs_run", Integer.toString(epochs));
        return described;
    }
}
