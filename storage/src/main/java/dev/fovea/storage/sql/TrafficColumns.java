package dev.fovea.storage.sql;

import dev.fovea.registry.Rollout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** How a model's traffic is shared out, from its row. What is damaged is reported, and production gets all of it. */
final class TrafficColumns {

    private TrafficColumns() {}

    static Rollout rollout(ResultSet row, String name, Damage damage) throws SQLException {
        if (row.getObject("split") != null) {
            return split(row, name, damage);
        }
        if (row.getObject("canary_version") == null && row.getObject("canary_percent") == null) {
            return new Rollout.None();
        }
        try {
            int version = Columns.whole(row, "canary_version", 1, Integer.MAX_VALUE);
            return new Rollout.CanaryTraffic(version, Columns.number(row, "canary_percent", Double.MIN_VALUE, 100));
        } catch (IllegalArgumentException e) {
            return reportCanary(name, Damage.reason(e), damage);
        }
    }

    private static Rollout split(ResultSet row, String name, Damage damage) throws SQLException {
        try {
            return Columns.value(Columns.text(row, "split"), new TypeReference<Rollout.SplitTraffic>() {});
        } catch (IllegalArgumentException | JacksonException e) {
            return reportSplit(name, Damage.reason(e), damage);
        }
    }

    /** Without versions that do not exist. */
    static Rollout known(Rollout rollout, String name, Set<Integer> numbers, Damage damage) {
        return switch (rollout) {
            case Rollout.None none -> none;
            case Rollout.CanaryTraffic canary ->
                numbers.contains(canary.version())
                        ? canary
                        : reportCanary(name, "there is no version " + canary.version(), damage);
            case Rollout.SplitTraffic split ->
                numbers.containsAll(split.percents().keySet())
                        ? split
                        : reportSplit(
                                name,
                                "one of %s does not exist"
                                        .formatted(split.percents().keySet()),
                                damage);
        };
    }

    private static Rollout reportCanary(String name, String why, Damage damage) {
        damage.report(
                "The canary of " + name,
                why,
                "All traffic goes to production. Start it again: fovea canary %s N PERCENT.".formatted(name));
        return new Rollout.None();
    }

    private static Rollout reportSplit(String name, String why, Damage damage) {
        damage.report(
                "The traffic of the experiment of " + name,
                why,
                "All traffic goes to production. Stop the experiment: fovea experiment stop %s.".formatted(name));
        return new Rollout.None();
    }
}
