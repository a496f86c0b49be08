package dev.fovea.datasets;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Examined.Usable;
import dev.fovea.datasets.IngestReport.Group;
import dev.fovea.datasets.IngestReport.Leak;
import dev.fovea.datasets.IngestReport.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the images of a version. Exact duplicates are kept once, and dropped if their labels conflict. Leaked images,
 * with a duplicate or near-duplicate in a more protected split, are dropped. Pure; names and order only decide which of
 * several equal files is named.
 */
final class Deduplication {

    private static final Comparator<Usable> MOST_PROTECTED_FIRST = Comparator.comparing(Deduplication::split)
            .reversed()
            .thenComparing(usable -> usable.found().path());

    private final List<Item> kept = new ArrayList<>();
    private final List<Group> exactDuplicates = new ArrayList<>();
    private final List<Group> nearDuplicates = new ArrayList<>();
    private final List<Leak> leaks = new ArrayList<>();

    Deduplication(Collection<Usable> images) {
        this(images, true);
    }

    /**
     * Selects images.
     *
     * @param near whether near-duplicates are looked for
     */
    Deduplication(Collection<Usable> images, boolean near) {
        List<Usable> distinct = withoutExact(images);
        Map<Usable, Boolean> dropped = new LinkedHashMap<>();
        List<List<Usable>> groups = near ? NearDuplicates.groups(distinct, Usable::perceptualHash) : List.of();
        for (List<Usable> group : groups) {
            nearDuplicates.add(group(group));
            Usable first = group.stream().min(MOST_PROTECTED_FIRST).orElseThrow();
            for (Usable other : group) {
                if (split(other) != split(first)) {
                    leaks.add(new Leak(member(other), member(first), false));
                    dropped.put(other, true);
                }
            }
        }
        distinct.stream()
                .filter(usable -> !dropped.containsKey(usable))
                .map(Deduplication::item)
                .forEach(kept::add);
    }

    List<Item> kept() {
        return kept;
    }

    List<Group> exactDuplicates() {
        return exactDuplicates;
    }

    List<Group> nearDuplicates() {
        return nearDuplicates;
    }

    List<Leak> leaks() {
        return leaks;
    }

    /** One image per content, from the most protected split; contents with conflicting labels are dropped. */
    private List<Usable> withoutExact(Collection<Usable> images) {
        Map<String, List<Usable>> byContent = new LinkedHashMap<>();
        for (Usable usable : images) {
            byContent
                    .computeIfAbsent(usable.contentHash(), hash -> new ArrayList<>())
                    .add(usable);
        }
        List<Usable> distinct = new ArrayList<>();
        for (List<Usable> same : byContent.values()) {
            oneOf(same).ifPresent(distinct::add);
        }
        return distinct;
    }

    private Optional<Usable> oneOf(List<Usable> same) {
        Usable first = same.stream().min(MOST_PROTECTED_FIRST).orElseThrow();
        if (same.size() == 1) {
            return Optional.of(first);
        }
        Group group = group(same);
        exactDuplicates.add(group);
        for (Usable other : same) {
            if (split(other) != split(first)) {
                leaks.add(new Leak(member(other), member(first), true));
            }
        }
        return group.conflicting() ? Optional.empty() : Optional.of(first);
    }

    private static Split split(Usable usable) {
        return usable.found().split();
    }

    private static Group group(List<Usable> images) {
        return new Group(images.stream().map(Deduplication::member).toList());
    }

    private static Member member(Usable usable) {
        FoundFile found = usable.found();
        return new Member(found.path(), found.label(), found.split().label());
    }

    private static Item item(Usable usable) {
        FoundFile found = usable.found();
        return new Item(
                usable.contentHash(),
                found.label(),
                found.split(),
                found.path(),
                usable.measures().quality().width(),
                usable.measures().quality().height(),
                usable.format(),
                usable.perceptualHash());
    }
}
