package dev.fovea.datasets.curation;

import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.NearDuplicates;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.Splitter;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.quality.PerceptualHash;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assigns images to splits: stratified by class, with the images of a group, and near duplicates, in one split. Images
 * that have a split keep it, and take those that belong to them into it.
 */
final class SplitPlan {

    private final Map<ContentHash, Integer> parents = new HashMap<>();
    private final List<Integer> roots = new ArrayList<>();
    private final List<Candidate> candidates;

    /** What is needed of an image. */
    record Candidate(
            ContentHash hash,
            Split split,
            Optional<String> group,
            String label,
            Optional<PerceptualHash> perceptualHash) {

        /** @param again whether the image is to be assigned anew */
        static Candidate of(DatasetItem item, boolean again) {
            return new Candidate(
                    item.image().hash(),
                    again ? Split.UNASSIGNED : item.split(),
                    item.group(),
                    item.label()
                            .map(label ->
                                    String.join("\n", label.content().value().classes()))
                            .orElse(""),
                    item.image().perceptualHash());
        }
    }

    private SplitPlan(List<Candidate> candidates) {
        this.candidates = candidates;
        for (int i = 0; i < candidates.size(); i++) {
            parents.put(candidates.get(i).hash(), i);
            roots.add(i);
        }
    }

    /** The images that change their split, by the new one. */
    static Map<Split, List<ContentHash>> bySplit(List<Candidate> candidates, Fractions fractions, long seed) {
        Map<Split, List<ContentHash>> images = new EnumMap<>(Split.class);
        of(candidates, fractions, seed)
                .forEach((image, split) ->
                        images.computeIfAbsent(split, _ -> new ArrayList<>()).add(image));
        return images;
    }

    /** The new splits of the images that change theirs. */
    static Map<ContentHash, Split> of(List<Candidate> candidates, Fractions fractions, long seed) {
        return new SplitPlan(candidates).plan(fractions, seed);
    }

    private Map<ContentHash, Split> plan(Fractions fractions, long seed) {
        NearDuplicates.groups(candidates, Candidate::perceptualHash).forEach(this::join);
        Map<String, List<Candidate>> byGroup = new LinkedHashMap<>();
        candidates.forEach(each -> each.group()
                .ifPresent(name ->
                        byGroup.computeIfAbsent(name, _ -> new ArrayList<>()).add(each)));
        byGroup.values().forEach(this::join);
        Map<Integer, List<Candidate>> units = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            units.computeIfAbsent(root(i), _ -> new ArrayList<>()).add(candidates.get(i));
        }
        Map<ContentHash, Split> changed = new LinkedHashMap<>();
        List<List<Candidate>> free = new ArrayList<>();
        for (List<Candidate> unit : units.values()) {
            Split given =
                    unit.stream().map(Candidate::split).max(Split::compareTo).orElse(Split.UNASSIGNED);
            if (given == Split.UNASSIGNED) {
                free.add(unit);
            } else {
                unit.stream()
                        .filter(each -> each.split() == Split.UNASSIGNED)
                        .forEach(each -> changed.put(each.hash(), given));
            }
        }
        Splitter.assign(free, Candidate::label, each -> each.hash().toString(), fractions, seed)
                .forEach((each, split) -> changed.put(each.hash(), split));
        return changed;
    }

    private void join(List<Candidate> together) {
        int first = root(parents.getOrDefault(together.getFirst().hash(), 0));
        for (Candidate each : together) {
            roots.set(root(parents.getOrDefault(each.hash(), 0)), first);
        }
    }

    private int root(int place) {
        int root = place;
        while (roots.get(root) != root) {
            roots.set(root, roots.get(roots.get(root)));
            root = roots.get(root);
        }
        return root;
    }
}
