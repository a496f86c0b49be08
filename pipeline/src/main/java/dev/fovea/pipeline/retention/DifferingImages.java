package dev.fovea.pipeline.retention;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.serving.shadow.DifferenceImages;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowDifference;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Images in whose predictions two versions differ, as unlabelled images of a data set, with tags that say why. */
public final class DifferingImages implements DifferenceImages {

    private static final String REQUEST = "request";
    /** Longer lists of objects are cut off. */
    private static final int MAX_VALUE = 120;

    private final Datasets datasets;

    public DifferingImages(Datasets datasets) {
        this.datasets = datasets;
    }

    @Override
    public void require(String dataset) {
        var _ = datasets.dataset(dataset);
    }

    @Override
    public String keep(Shadow shadow, byte[] file, ShadowDifference difference) {
        String dataset = shadow.images().orElseThrow().dataset();
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(REQUEST, difference.requestId());
        tags.put("shadow", "%s@%d".formatted(shadow.model(), shadow.version().version()));
        put(tags, "production", difference.difference().production());
        put(tags, "candidate", difference.difference().candidate());
        AddReport report = datasets.add(
                dataset,
                List.of(new IncomingImage(
                        difference.requestId(),
                        () -> file,
                        Optional.empty(),
                        Split.UNASSIGNED,
                        Optional.empty(),
                        tags,
                        Optional.empty())),
                AddOptions.DEFAULT,
                IngestProgress.SILENT);
        report.refused().stream().findFirst().ifPresent(refused -> {
            throw new FoveaException(refused.code(), refused.message());
        });
        // the stored bytes, and so their hash, may differ from those that came: a position is erased
        return datasets.page(dataset, ItemFilter.parse(List.of(REQUEST + "=" + difference.requestId())), 0, 1).stream()
                .map(DatasetItem::image)
                .map(image -> image.hash().toString())
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.INTERNAL, "An image was added to %s and is not there.".formatted(dataset)));
    }

    private static void put(SortedMap<String, String> tags, String name, String value) {
        if (!value.isEmpty()) {
            tags.put(name, value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE - 1) + "…" : value);
        }
    }
}
