package dev.fovea.datasets;

import dev.fovea.datasets.DatasetVersion.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Assigns images to splits, stratified by class, with near-duplicates in the same split. The result depends on the
 * content and a seed only, not on names or order.
 *
 * <p>Groups are assigned in descending size, each to the split where its classes are most underrepresented. A class
 * without near-duplicates ends within one image of its fraction in every split.
 */
public final class Splitter<T> {

    private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.TEST, Split.VALIDATION);

    private final Fractions fractions;
    private final Function<T, List<String>> labels;
    private final Map<String, EnumMap<Split, Double>> lacking = new HashMap<>();

    private Splitter(Fractions fractions, Function<T, List<String>> labels) {
        this.fractions = fractions;
        this.labels = labels;
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
        assign(groups(version.on(from)), Item::label, Item::contentHash, fractions, seed)
                .forEach((item, split) -> items.add(item.on(split)));
        return DatasetVersion.of(items);
    }

    /**
     * Assigns things to splits.
     *
     * @param groups things that stay together
     * @param label the class of a thing
     * @param id a text that depends on the content of a thing only
     */
    public static <T> Map<T, Split> assign(
            List<List<T>> groups, Function<T, String> label, Function<T, String> id, Fractions fractions, long seed) {
        return assignAll(groups, thing -> List.of(label.apply(thing)), id, fractions, seed);
    }

    /**
     * The same for things of several classes each, such as images that have a label in each of several tasks: every
     * class gets about its fraction in every split.
     */
    public static <T> Map<T, Split> assignAll(
            List<List<T>> groups,
            Function<T, List<String>> labels,
            Function<T, String> id,
            Fractions fractions,
            long seed) {
        return new Splitter<>(fractions, labels).place(shuffled(groups, id, seed));
    }

    private Map<T, Split> place(List<List<T>> groups) {
        groups.forEach(group -> group.forEach(this::count));
        Map<T, Split> placed = new LinkedHashMap<>();
        for (List<T> group : groups) {
            Split split = neediest(group);
            for (T thing : group) {
                lackingOf(thing).forEach(lacks -> lacks.merge(split, -1.0, Double::sum));
                placed.put(thing, split);
            }
        }
        return placed;
    }

    private void count(T thing) {
        for (EnumMap<Split, Double> lacks : lackingOf(thing)) {
            SPLITS.forEach(split -> lacks.merge(split, fractions.of(split), Double::sum));
        }
    }

    private List<EnumMap<Split, Double>> lackingOf(T thing) {
        return labels.apply(thing).stream()
                .map(label -> lacking.computeIfAbsent(label, _ -> new EnumMap<>(Split.class)))
                .toList();
    }

    private Split neediest(List<T> group) {
        Split best = Split.TRAIN;
        double max = Double.NEGATIVE_INFINITY;
        for (Split split : SPLITS) {
            double lack = group.stream()
                    .flatMap(thing -> lackingOf(thing).stream())
                    .mapToDouble(lacks -> lacks.getOrDefault(split, 0.0))
                    .sum();
            if (fractions.of(split) > 0 && lack > max + 1e-9) {
                best = split;
                max = lack;
            }
        }
        return best;
    }

    /** All images in groups of near duplicates, which stay together. */
    public static List<List<Item>> groups(List<Item> items) {
        List<List<Item>> groups = new ArrayList<>(NearDuplicates.groups(items, Item::perceptualHash));
        Set<Item> grouped = new HashSet<>();
        groups.forEach(grouped::addAll);
        items.stream().filter(item -> !grouped.contains(item)).map(List::of).forEach(groups::add);
        return groups;
    }

    private record Drawn<T>(List<T> group, String lot) {}

    /** The largest first, those of one size shuffled by the seed. */
    private static <T> List<List<T>> shuffled(List<List<T>> groups, Function<T, String> id, long seed) {
        return groups.stream()
                .map(group -> new Drawn<>(group, lot(group, id, seed)))
                .sorted(Comparator.<Drawn<T>>comparingInt(drawn -> drawn.group().size())
                        .reversed()
                        .thenComparing(Drawn::lot))
                .map(Drawn::group)
                .toList();
    }

    /** A number drawn for a group, from the seed and its content alone. */
    private static <T> String lot(List<T> group, Function<T, String> id, long seed) {
        String first = group.stream().map(id).min(Comparator.naturalOrder()).orElse("");
        return ImageValidator.sha256((seed + " " + first).getBytes(StandardCharsets.US_ASCII));
    }
}
