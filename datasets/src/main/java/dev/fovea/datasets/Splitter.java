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
 * Assigns images to splits, stratified by class, with near-duplicates in the same split. The result depends on the
 * content and a seed only, not on names or order.
 *
 * <p>Groups are assigned in descending size, each to the split where its classes are most underrepresented. A class
 * without near-duplicates ends within one image of its fraction in every split.
 */
public final class Splitter {

    private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.TEST, Split.VALIDATION);

    private final Fractions fractions;
    private final Map<String, EnumMap<Split, Double>> lacking = new HashMap<>();

    private Splitter(Fractions fractions) {
        this.fractions = fractions;
    }

    /**
     * Divides the images of one split; the others stay.
     *
     * @param from the split to divide: {@link Split#UNASSIGNED} for a folder without split folders, {@link Split#TRAIN}
     *     to split validation images off the training images
     */
    public static DatasetVersion divide(DatasetVersion version, Split from, Fractions fractions, long seed) {
        List<Item> items = new ArrayList<>(version.items());
        items.removeIf(item -> item.split() == from);
        items.addAll(new Splitter(fractions).place(groups(version.on(from), seed)));
        return DatasetVersion.of(items);
    }

    private List<Item> place(List<List<Item>> groups) {
        groups.forEach(group -> group.forEach(this::count));
        List<Item> placed = new ArrayList<>();
        for (List<Item> group : groups) {
            Split split = neediest(group);
            for (Item item : group) {
                lackingOf(item).merge(split, -1.0, Double::sum);
                placed.add(item.on(split));
            }
        }
        return placed;
    }

    private void count(Item item) {
        EnumMap<Split, Double> lacks = lackingOf(item);
        SPLITS.forEach(split -> lacks.merge(split, fractions.of(split), Double::sum));
    }

    private EnumMap<Split, Double> lackingOf(Item item) {
        return lacking.computeIfAbsent(item.label(), label -> new EnumMap<>(Split.class));
    }

    private Split neediest(List<Item> group) {
        Split best = Split.TRAIN;
        double max = Double.NEGATIVE_INFINITY;
        for (Split split : SPLITS) {
            double lack = group.stream()
                    .mapToDouble(item -> lackingOf(item).getOrDefault(split, 0.0))
                    .sum();
            if (fractions.of(split) > 0 && lack > max + 1e-9) {
                best = split;
                max = lack;
            }
        }
        return best;
    }

    /** All images in groups that stay together, the largest first, those of one size shuffled by the seed. */
    private static List<List<Item>> groups(List<Item> items, long seed) {
        List<List<Item>> groups = new ArrayList<>(NearDuplicates.groups(items, Item::perceptualHash));
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
