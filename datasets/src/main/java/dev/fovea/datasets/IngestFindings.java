package dev.fovea.datasets;

import dev.fovea.datasets.Examined.InvalidImage;
import dev.fovea.datasets.Examined.NoImage;
import dev.fovea.datasets.Examined.Usable;
import dev.fovea.datasets.FolderReader.Listing;
import dev.fovea.datasets.IngestReport.DuplicateFindings;
import dev.fovea.datasets.IngestReport.FileFindings;
import dev.fovea.datasets.IngestReport.IngestCounts;
import dev.fovea.datasets.IngestReport.Measured;
import dev.fovea.datasets.IngestReport.QualityFindings;
import dev.fovea.datasets.IngestReport.Refusal;
import dev.fovea.datasets.IngestReport.WrongExtension;
import dev.fovea.imaging.quality.QualityFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what was found file by file into the report. */
final class IngestFindings {

    /** A class with fewer than this part of the largest class's images is called rare. */
    private static final double RARE = 0.2;

    private static final int FEW = 20;

    private IngestFindings() {}

    static IngestReport report(
            Path folder,
            Listing listing,
            List<Examined> validated,
            Deduplication deduplication,
            DatasetVersion version) {
        List<Usable> images = only(Usable.class, validated);
        Map<String, Map<String, Integer>> balance = balance(version);
        DuplicateFindings duplicates = new DuplicateFindings(
                deduplication.exactDuplicates(), deduplication.nearDuplicates(), deduplication.leaks());
        return new IngestReport(
                folder.toString(),
                listing.divided(),
                version.id(),
                new IngestCounts(
                        listing.files().size(), images.size(), version.items().size(), balance),
                new FileFindings(
                        only(InvalidImage.class, validated).stream()
                                .map(it -> new Refusal(it.found().path(), it.code(), it.message()))
                                .toList(),
                        images.stream()
                                .filter(it -> !it.nameFitsFormat())
                                .map(it -> new WrongExtension(it.found().path(), it.format()))
                                .toList(),
                        skipped(listing, only(NoImage.class, validated))),
                duplicates,
                quality(images),
                warnings(balance, duplicates));
    }

    private static <T extends Examined> List<T> only(Class<T> kind, List<Examined> validated) {
        return validated.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static QualityFindings quality(List<Usable> images) {
        Map<String, List<Measured>> byFlag = new LinkedHashMap<>();
        for (QualityFlag flag : QualityFlag.values()) {
            byFlag.put(
                    flag.label(),
                    images.stream()
                            .filter(it -> flag.applies(it.measures()))
                            .map(it -> new Measured(it.found().path(), flag.value(it.measures())))
                            .toList());
        }
        return new QualityFindings(byFlag);
    }

    private static List<SkippedFile> skipped(Listing listing, List<NoImage> others) {
        List<SkippedFile> skipped = new ArrayList<>(listing.skipped());
        others.forEach(it -> skipped.add(new SkippedFile(it.found().path(), "not an image")));
        skipped.sort(Comparator.comparing(SkippedFile::path));
        return skipped;
    }

    static Map<String, Map<String, Integer>> balance(DatasetVersion version) {
        Map<String, Map<String, Integer>> balance = new TreeMap<>();
        for (DatasetVersion.Item item : version.items()) {
            balance.computeIfAbsent(item.label(), label -> new TreeMap<>())
                    .merge(item.split().label(), 1, Integer::sum);
        }
        return balance;
    }

    private static List<String> warnings(Map<String, Map<String, Integer>> balance, DuplicateFindings duplicates) {
        List<String> warnings = new ArrayList<>();
        Map<String, Integer> totals = new TreeMap<>();
        balance.forEach((label, splits) -> totals.put(
                label, splits.values().stream().mapToInt(Integer::intValue).sum()));
        int largest = totals.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        totals.forEach((label, count) -> {
            if (count < RARE * largest) {
                warnings.add("The class %s has %d images, the largest %d.".formatted(label, count, largest));
            }
            if (count < FEW) {
                warnings.add("The class %s has %d images; expect wide intervals below about %d."
                        .formatted(label, count, FEW));
            }
        });
        int doubtful = duplicates.doubtful().size();
        if (doubtful > 0) {
            warnings.add("%d group%s of near-duplicates ha%s different labels; check them."
                    .formatted(doubtful, doubtful == 1 ? "" : "s", doubtful == 1 ? "s" : ""));
        }
        return warnings;
    }
}
