package dev.fovea.pipeline.anomaly;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.Splitter;
import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.statistics.anomaly.FalseAlarmThreshold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The images of a training: good ones to learn from, and good ones and defects to judge with.
 *
 * @param folder that paths are relative to
 * @param version good images in TRAIN and TEST, defects in TEST
 * @param report of the ingest
 * @param masks file of the mask by the image's path
 */
record GoodImages(Path folder, DatasetVersion version, IngestReport report, Map<String, Path> masks) {

    /** A fifth of the good images is held out, where the folder holds out none. */
    private static final Fractions HELD_OUT = new Fractions(0.8, 0, 0.2);

    private static final long SPLIT_SEED = 1;

    /**
     * Reads a folder.
     *
     * @throws FoveaException {@code DATASET_INVALID}, also for fewer good images than the false-alarm rate needs
     */
    static GoodImages read(Path folder, double falseAlarms, AnomalyListener listener) {
        AnomalyFolder found = AnomalyFolder.read(folder);
        Ingest.Ingested ingested = new Ingest(ImageLimits.DEFAULT)
                .runOneKind(
                        folder,
                        found.listing(),
                        (done, total) -> listener.at("ingest", done, total, done + " of " + total + " images"));
        DatasetVersion divided = divided(ingested.version());
        GoodImages images = new GoodImages(folder, divided, ingested.report().on(divided), found.masks());
        images.requireEnough(falseAlarms);
        return images;
    }

    private static DatasetVersion divided(DatasetVersion version) {
        DatasetVersion assigned = divided(version, Split.UNASSIGNED);
        return good(assigned, Split.TEST).isEmpty() ? divided(assigned, Split.TRAIN) : assigned;
    }

    private static DatasetVersion divided(DatasetVersion version, Split from) {
        List<Item> items = new ArrayList<>(version.items());
        List<Item> good = good(version, from);
        items.removeAll(good);
        Splitter.assign(good.stream().map(List::of).toList(), Item::label, Item::contentHash, HELD_OUT, SPLIT_SEED)
                .forEach((item, split) -> items.add(item.on(split)));
        return DatasetVersion.of(items);
    }

    private static List<Item> good(DatasetVersion version, Split split) {
        return version.on(split).stream()
                .filter(item -> item.label().equals(AnomalyFolder.GOOD))
                .toList();
    }

    /** Good images to learn from. */
    List<Item> learned() {
        return good(version, Split.TRAIN);
    }

    /** Good images that are held out. */
    List<Item> heldOut() {
        return good(version, Split.TEST);
    }

    /** Images of defects. */
    List<Item> defects() {
        return version.on(Split.TEST).stream()
                .filter(item -> item.label().equals(AnomalyFolder.ANOMALOUS))
                .toList();
    }

    /** The file of an image. */
    Path file(Item item) {
        return folder.resolve(item.path());
    }

    private void requireEnough(double falseAlarms) {
        int needed = Math.max(2, FalseAlarmThreshold.needed(falseAlarms));
        int learned = learned().size();
        int held = heldOut().size();
        if (learned >= needed && held > 0) {
            return;
        }
        double share = report.divided() && !report.counts().balance().isEmpty() ? 1 : HELD_OUT.train();
        throw new FoveaException(
                ErrorCode.DATASET_INVALID,
                "%s has %d different good images to learn from and %d held out. A false-alarm rate of %s can only be bounded with %d to learn from%s. Add good images, or state a rate of %s or more."
                        .formatted(
                                folder,
                                learned,
                                held,
                                percent(falseAlarms),
                                needed,
                                share < 1
                                        ? " (%d in all, a fifth of which is held out)"
                                                .formatted((int) Math.ceil(needed / share))
                                        : "",
                                percent(Math.ceil(1000.0 / (learned + 1)) / 1000)));
    }

    static String percent(double share) {
        double percent = 100 * share;
        return percent == Math.rint(percent)
                ? "%d %%".formatted((long) percent)
                : "%s %%".formatted(Math.rint(percent * 100) / 100);
    }
}
