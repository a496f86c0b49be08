package dev.fovea.pipeline.head;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.NearDuplicates;
import dev.fovea.training.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Images of a version with the group of near duplicates that each is in. */
public final class GroupedFiles {

    private GroupedFiles() {}

    /**
     * The images, in their order.
     *
     * @param sample file and target of an image
     */
    public static List<LabelledFile> of(List<DatasetVersion.Item> items, Function<DatasetVersion.Item, Sample> sample) {
        Map<DatasetVersion.Item, Integer> groups = new HashMap<>();
        NearDuplicates.groups(items, DatasetVersion.Item::perceptualHash)
                .forEach(group ->
                        group.forEach(item -> groups.put(item, groups.getOrDefault(group.getFirst(), groups.size()))));
        return items.stream()
                .map(item -> new LabelledFile(
                        sample.apply(item), item.contentHash(), groups.computeIfAbsent(item, _ -> groups.size())))
                .toList();
    }
}
