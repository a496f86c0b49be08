package dev.fovea.pipeline.jobs;

import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.training.Recipe;
import dev.fovea.training.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The network that a training starts from. */
public sealed interface StartingNetwork {

    /** Of a minute. */
    double MILLIS = 60_000;

    /** A new one with random weights, all of which are learned. */
    record Fresh(Recipe recipe) implements StartingNetwork {}

    /** One with learned weights, to whose features a head is fitted. */
    record Pretrained(Backbone backbone, FitScope fit) implements StartingNetwork {}

    /** Whichever of several is the smallest that clears a bar. */
    record Searched(Bar bar, List<Backbone> backbones) implements StartingNetwork {
        public Searched {
            backbones = List.copyOf(backbones);
        }
    }

    /** What is learned of a network that has learned weights. */
    enum FitScope {
        /** A linear classifier on its features. */
        HEAD,
        /** The head first, then all weights. */
        NETWORK
    }

    /** Whether all weights of a network with learned ones are learned further. */
    default boolean isFineTuned() {
        return switch (this) {
            case Fresh _, Searched _ -> false;
            case Pretrained(Backbone _, FitScope fit) -> fit == FitScope.NETWORK;
        };
    }

    /** All parameters that determine the result, for lineage. */
    default Map<String, String> described(TrainingSettings settings) {
        return switch (this) {
            case Fresh(Recipe recipe) -> {
                Map<String, String> described = new TreeMap<>(settings.describe());
                described.put("network", recipe.family().name().toLowerCase(Locale.ROOT));
                described.put("scale", recipe.scale().name().toLowerCase(Locale.ROOT));
                described.put("edge", Integer.toString(recipe.edge()));
                yield described;
            }
            case Searched(Bar bar, List<Backbone> backbones) ->
                new TreeMap<>(Map.of(
                        "bar", bar.toString(),
                        "searched",
                                String.join(
                                        ", ",
                                        backbones.stream().map(Backbone::name).toList()),
                        "minutes",
                                Double.toString(settings.schedule().timeBudget().toMillis() / MILLIS),
                        "seed", Long.toString(settings.seed())));
            case Pretrained(Backbone backbone, FitScope fit) -> {
                Map<String, String> described = new TreeMap<>(Map.of(
                        "backbone", backbone.name(),
                        "backbone_sha256", backbone.sha256(),
                        "cut", backbone.cut().name(),
                        "fit", fit.name().toLowerCase(Locale.ROOT),
                        "class_weights",
                                Boolean.toString(settings.regularization().classWeights()),
                        "seed", Long.toString(settings.seed())));
                if (fit == FitScope.NETWORK) {
                    described.putAll(settings.describe());
                }
                settings.distillation().ifPresent(teachers -> described.putAll(teachers.describe()));
                yield described;
            }
        };
    }
}
