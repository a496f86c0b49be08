package dev.fovea.pipeline.search.network;

import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.training.Recipe;
import java.util.Locale;

/** What a network is before all of its weights are learned. */
public sealed interface WholeNetwork {

    /** One with learned weights, which sees whole images at one size. */
    record Learned(Backbone backbone, int edge) implements WholeNetwork {

        @Override
        public String name() {
            return backbone.name();
        }
    }

    /** A new one with random weights. */
    record Untrained(Recipe recipe) implements WholeNetwork {

        /** A small one of a family. */
        public static Untrained small(Family family, int edge) {
            return new Untrained(new Recipe(family, Scale.SMALL, edge));
        }

        @Override
        public String name() {
            return "%s-%s"
                    .formatted(
                            recipe.family().name().toLowerCase(Locale.ROOT),
                            recipe.scale().name().toLowerCase(Locale.ROOT));
        }

        @Override
        public int edge() {
            return recipe.edge();
        }
    }

    /** For people, without the size of its images. */
    String name();

    /** Of the square that images are stretched to, in pixels. */
    int edge();
}
