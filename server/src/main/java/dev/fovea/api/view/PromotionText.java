package dev.fovea.api.view;

import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Rollout;

/** What a promotion did, in the words of the command line and the API. */
public final class PromotionText {

    private PromotionText() {}

    public static String done(RegisteredModel model, int version) {
        return "%s: version %d is in production.".formatted(model.name(), version);
    }

    public static String unchanged(RegisteredModel model, int version) {
        return "%s: version %d is in production already; nothing changed.%s"
                .formatted(model.name(), version, canary(model));
    }

    private static String canary(RegisteredModel model) {
        return switch (model.rollout()) {
            case Rollout.None() -> "";
            case Rollout.SplitTraffic ignored ->
                " The experiment goes on; to end it: fovea experiment stop %s".formatted(model.name());
            case Rollout.CanaryTraffic(int canary, double percent) ->
                " The canary of version %d goes on at %s %%; to end it: fovea canary %s %d 0"
                        .formatted(canary, percent, model.name(), canary);
        };
    }
}
