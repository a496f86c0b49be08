package dev.fovea.api.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.DesignChange;
import dev.fovea.datasets.curation.VersionDiff;
import dev.fovea.json.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the API shows of the difference between two versions of a data set; field names become snake_case. */
public final class DiffViews {

    private DiffViews() {}

    /** How two versions differ. */
    @Schema(name = "DatasetDiff")
    public record DiffView(
            DatasetViews.VersionView before,
            DatasetViews.VersionView after,

            @Schema(description = "What differs in the question and the definitions")
            List<DesignChangeView> design,

            @Schema(description = "Images by kind: added, removed, relabelled, moved, retagged, forgotten")
            Map<String, Integer> counts,

            @Schema(description = "The same by class") Map<String, Map<String, Integer>> classes,

            @Schema(description = "The first images that differ")
            List<ChangeView> changes) {

        static DiffView of(SavedVersion before, SavedVersion after, VersionDiff diff) {
            Map<String, Map<String, Integer>> classes = new TreeMap<>();
            diff.classes().forEach((name, counts) -> classes.put(name, words(counts)));
            return new DiffView(
                    DatasetViews.VersionView.of(before),
                    DatasetViews.VersionView.of(after),
                    diff.design().stream().map(DesignChangeView::of).toList(),
                    words(diff.counts()),
                    classes,
                    diff.changes().stream().map(ChangeView::of).toList());
        }

        private static Map<String, Integer> words(SortedMap<VersionDiff.ChangeKind, Integer> counts) {
            Map<String, Integer> words = new TreeMap<>();
            counts.forEach((kind, count) -> words.put(Json.word(kind), count));
            return words;
        }
    }

    /** A part of the question or of a definition that differs. */
    @Schema(name = "DesignChange")
    public record DesignChangeView(
            @Schema(
                    allowableValues = {
                        "question",
                        "several-apply",
                        "none-applies",
                        "class-added",
                        "class-removed",
                        "definition",
                        "examples",
                        "counter-examples"
                    })
            String part,

            @Schema(description = "The class; null for a part of the question") @JsonProperty("class")
            Optional<String> label,

            String before,
            String after) {

        static DesignChangeView of(DesignChange change) {
            return new DesignChangeView(Json.word(change.part()), change.label(), change.before(), change.after());
        }
    }

    /** An image that differs. */
    @Schema(name = "DatasetChange")
    public record ChangeView(String hash, List<String> kinds, Optional<StateView> before, Optional<StateView> after) {

        static ChangeView of(VersionDiff.Changed changed) {
            return new ChangeView(
                    changed.image().toString(),
                    changed.kinds().stream().map(Json::word).toList(),
                    changed.before().map(StateView::of),
                    changed.after().map(StateView::of));
        }
    }

    /** What a version says about an image. */
    @Schema(name = "DatasetItemState")
    public record StateView(String split, List<String> classes) {
        static StateView of(ItemState state) {
            return new StateView(
                    state.split().label(),
                    state.label().map(label -> label.classes()).orElse(List.of()));
        }
    }
}
