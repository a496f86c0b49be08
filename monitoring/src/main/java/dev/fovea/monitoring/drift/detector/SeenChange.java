package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.SmallestChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The smallest lasting change of a number that is seen within a day with a probability of 90 %, at the traffic so far.
 *
 * @param name of the coordinate
 * @param unit in words
 * @param usual plain value
 * @param smallest plain value above the usual one that is seen; empty when no change is seen within a day
 */
public record SeenChange(String name, String unit, double usual, OptionalDouble smallest) {

    private static final double POWER = 0.9;

    static List<SeenChange> all(
            List<Coordinate> coordinates,
            TestPanel panel,
            List<QuietFit> fits,
            QuietTraffic quiet,
            double threshold,
            Duration span,
            long blocks) {
        double days = Math.max(1e-6, span.toMillis() / 86_400_000.0);
        double perDay = blocks / days;
        double images =
                quiet.blocks().stream().mapToLong(QuietBlock::images).average().orElse(1);
        Map<Double, Double> byWeight = new HashMap<>();
        List<SeenChange> all = new ArrayList<>();
        for (int t = 0; t < panel.tests().size(); t++) {
            if (panel.tests().get(t) instanceof SingleTest single) {
                double weight = panel.weight(t);
                double shift = byWeight.computeIfAbsent(
                        weight, w -> SmallestChange.of(threshold, w, (int) perDay, 1 / perDay, quiet.size(), POWER));
                Coordinate coordinate = coordinates.get(single.index());
                QuietFit fit = fits.get(single.index());
                double usual = fit.mean();
                all.add(new SeenChange(
                        coordinate.name(),
                        coordinate.unit(),
                        coordinate.scale().plain(usual),
                        Double.isInfinite(shift)
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(coordinate.scale().plain(usual + shift * fit.unit(images)))));
            }
        }
        return all;
    }
}
