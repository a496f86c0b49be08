package dev.fovea.datasets;

import dev.fovea.datasets.DatasetVersion.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides images into sides so that each class is divided alike and images that look alike stay together. The content
 * and a seed decide everything; names and order do nothing.
 *
 * <p>Groups are placed from the largest to the smallest, each where its classes lack most; a class of single images
 * ends within one image of its share on every side.
 */
public final class Split {

    private static final List<Side> SIDES = List.of(Side.TRAIN, Side.TEST, Side.VALIDATION);

    private final Fractions fractions;
    private final Map<String, EnumMap<Side, Double>> lacking = new HashMap<>();

    private Split(Fractions fractions) {
        this.fractions = fractions;
    }

    /**
     * Divides the images of one side and leaves the others where they are.
     *
     * @param from the side to divide: {@link Side#UNASSIGNED} for a folder without split folders, {@link Side#TRAIN} to
     *     take validation images out of a given training set
     */
    public static DatasetVersion divide(DatasetVersion version, Side from, Fractions fractions, long seed) {
        List<Item> items = new ArrayList<>(version.items());
        items.removeIf(item -> item.side() == from);
        items.addAll(new Split(fractions).place(groups(version.on(from), seed)));
        return DatasetVersion.of(items);
    }

    private List<Item> place(List<List<Item>> groups) {
        groups.forEach(group -> group.forEach(this::count));
        List<Item> placed = new ArrayList<>();
        for (List<Item> group : groups) {
            Side side = neediest(group);
            for (Item item : group) {
                lackingOf(item).merge(side, -1.0, Double::sum);
                placed.add(item.on(side));
            }
        }
        return placed;
    }

    private void count(Item item) {
        EnumMap<Side, Double> lacks = lackingOf(item);
        SIDES.forEach(side -> lacks.merge(side, fractions.of(side), Double::sum));
    }

    private EnumMap<Side, Double> lackingOf(Item item) {
        return lacking.computeIfAbsent(item.label(), label -> new EnumMap<>(Side.class));
    }

    private Side neediest(List<Item> group) {
        Side best = Side.TRAIN;
        double most = Double.NEGATIVE_INFINITY;
        for (Side side : SIDES) {
            double lack = group.stream()
                    .mapToDouble(item -> lackingOf(item).getOrDefault(side, 0.0))
                    .sum();
            if (fractions.of(side) > 0 && lack > most + 1e-9) {
                best = side;
                most = lack;
            }
        }
        return best;
    }

    /** All images in groups that stay together, the largest first, those of one size shuffled by the seed. */
    private static List<List<Item>> groups(List<Item> items, long seed) {
        List<List<Item>> groups = new ArrayList<>(NearDuplicates.groups(items, Item::look));
        Set<Item> grouped = new HashSet<>();
        groups.forEach(grouped::addAll);
        items.stream().filter(item -> !grouped.contains(item)).map(List::of).forEach(groups::add);
        Map<List<Item>, String> lots = new HashMap<>();
        groups.forEach(group -> lots.put(group, lot(group, seed)));
        groups.sort(Comparator.<List<Item>>comparingInt(List::size)
                .reversed()
                .thenComparing(group -> lots.getOrDefault(group, "")));
        return groups;
    }

    /** A number drawn for a group, from the seed and its content alone. */
    private static String lot(List<Item> group, long seed) {
        String first = group.stream()
                .map(Item::contentHash)
                .min(Comparator.naturalOrder())
                .orElse("");
        return ImageValidator.sha256((seed + " " + first).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
