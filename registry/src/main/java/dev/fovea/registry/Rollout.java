package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How traffic that names no version is shared out beside production. */
public sealed interface Rollout {

    /** All of it goes to production. */
    record None() implements Rollout {}

    /**
     * A part of it goes to another version.
     *
     * @param version the version on trial
     * @param percent share of the traffic, above 0 and up to 100
     */
    record CanaryTraffic(int version, double percent) implements Rollout {}

    /**
     * Parts of it go to several versions, in slots of 0.01 %. A slot keeps its version while shares change, unless its
     * version gives it up or production gives it away. Immutable.
     *
     * @param seed decides which requests are in which slot; another one for each experiment
     * @param slots of the versions beside production, ascending, without gaps in a range and without overlap
     */
    record SplitTraffic(long seed, List<SlotRange> slots) implements Rollout {

        /** Number of slots. */
        public static final int SLOTS = 10_000;

        private static final double PER_PERCENT = 100;
        private static final int PRODUCTION = 0;

        public SplitTraffic {
            slots = List.copyOf(slots);
            int end = 0;
            for (SlotRange range : slots) {
                if (range.from() < end || range.to() <= range.from() || range.to() > SLOTS || range.version() < 1) {
                    throw new IllegalArgumentException("slots %s".formatted(slots));
                }
                end = range.to();
            }
        }

        /** A new one; {@code ARGUMENT_INVALID} for shares that leave production less than a slot. */
        public static SplitTraffic of(long seed, SortedMap<Integer, Double> percents) {
            return new SplitTraffic(seed, List.of()).sharing(percents);
        }

        /**
         * With other shares. Each version that grows takes slots of production, and each that shrinks gives slots back
         * to it, so that only the requests of these slots move.
         */
        public SplitTraffic sharing(SortedMap<Integer, Double> percents) {
            SortedMap<Integer, Integer> wanted = slots(percents);
            int[] owners = owners();
            SortedMap<Integer, Integer> owned = new TreeMap<>();
            for (int slot = SLOTS - 1; slot >= 0; slot--) {
                int version = owners[slot];
                if (version != PRODUCTION) {
                    owned.merge(version, 1, Integer::sum);
                }
            }
            for (int slot = SLOTS - 1; slot >= 0; slot--) {
                int version = owners[slot];
                if (version != PRODUCTION && owned.getOrDefault(version, 0) > wanted.getOrDefault(version, 0)) {
                    owners[slot] = PRODUCTION;
                    owned.merge(version, -1, Integer::sum);
                }
            }
            int free = 0;
            for (Map.Entry<Integer, Integer> share : wanted.entrySet()) {
                for (int more = share.getValue() - owned.getOrDefault(share.getKey(), 0); more > 0; free++) {
                    if (owners[free] == PRODUCTION) {
                        owners[free] = share.getKey();
                        more--;
                    }
                }
            }
            return new SplitTraffic(seed, ranges(owners));
        }

        private static SortedMap<Integer, Integer> slots(SortedMap<Integer, Double> percents) {
            SortedMap<Integer, Integer> slots = new TreeMap<>();
            int all = 0;
            for (Map.Entry<Integer, Double> share : percents.entrySet()) {
                double percent = share.getValue();
                if (!(percent >= 0.01 && percent < 100)) {
                    throw invalid("A share of %s %% for version %d is not possible; give 0.01 to 99.99."
                            .formatted(percent, share.getKey()));
                }
                int number = (int) Math.round(percent * PER_PERCENT);
                slots.put(share.getKey(), number);
                all += number;
            }
            if (all >= SLOTS) {
                throw invalid("The shares are %s %% together; production needs a share as well. Give less than 100 %%."
                        .formatted(all / PER_PERCENT));
            }
            return slots;
        }

        private int[] owners() {
            int[] owners = new int[SLOTS];
            for (SlotRange range : slots) {
                Arrays.fill(owners, range.from(), range.to(), range.version());
            }
            return owners;
        }

        private static List<SlotRange> ranges(int[] owners) {
            List<SlotRange> ranges = new ArrayList<>();
            int from = 0;
            for (int slot = 1; slot <= SLOTS; slot++) {
                if (slot == SLOTS || owners[slot] != owners[from]) {
                    if (owners[from] != PRODUCTION) {
                        ranges.add(new SlotRange(owners[from], from, slot));
                    }
                    from = slot;
                }
            }
            return ranges;
        }

        /** The share of each version beside production, in percent. */
        public SortedMap<Integer, Double> percents() {
            SortedMap<Integer, Double> percents = new TreeMap<>();
            for (SlotRange range : slots) {
                percents.merge(range.version(), (range.to() - range.from()) / PER_PERCENT, Double::sum);
            }
            return Collections.unmodifiableSortedMap(percents);
        }

        private static FoveaException invalid(String message) {
            return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
        }
    }

    /**
     * Slots of one version.
     *
     * @param from the first one
     * @param to the one after the last
     */
    record SlotRange(int version, int from, int to) {}

    /** In words, as the audit trail has it. */
    default String text() {
        return switch (this) {
            case None() -> "";
            case CanaryTraffic(int ignored, double percent) -> percent + " %";
            case SplitTraffic split ->
                split.percents().entrySet().stream()
                        .map(share -> "%d: %s %%".formatted(share.getKey(), share.getValue()))
                        .collect(Collectors.joining(", "));
        };
    }

    /** Whether a version gets traffic beside production. */
    default boolean includes(int version) {
        return switch (this) {
            case None() -> false;
            case CanaryTraffic(int canary, double ignored) -> canary == version;
            case SplitTraffic(long ignored, List<SlotRange> slots) ->
                slots.stream().anyMatch(range -> range.version() == version);
        };
    }
}
