package dev.fovea.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a model's production history.
 *
 * @param version what became production
 * @param at when; kept when a rollback returns to this step
 */
public record Promotion(int version, Instant at) {

    /**
     * A history without a version. One that was promoted twice with only the deleted one between is one step of the
     * history.
     */
    static List<Promotion> without(List<Promotion> promotions, int number) {
        List<Promotion> kept = new ArrayList<>();
        for (Promotion promotion : promotions) {
            if (promotion.version() == number) {
                continue;
            }
            if (!kept.isEmpty() && kept.getLast().version() == promotion.version()) {
                kept.removeLast();
            }
            kept.add(promotion);
        }
        return kept;
    }
}
