package dev.fovea.storage;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.metadata.ImageTags.Location;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabelStores;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.LeaseWish;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.labels.queue.QueueScore;
import dev.fovea.labels.wrong.Confirmation;
import dev.fovea.labels.wrong.ConfirmedPart.ClassDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A data set with a value in each column of its tables, and all that can be read of it. */
final class CatalogSample {

    static final String SHIRTS = "shirts";

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final Home home;
    private final Datasets datasets;
    private final Labelling labelling;

    CatalogSample(Home home) {
        this.home = home;
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                image -> List.of("shirts:3"),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        labelling = new Labelling(
                datasets,
                new LabelStores(home.labels(), home.pilots(), home.confirmations()),
                (dataset, name, image) -> Optional.of(new NewAnnotation.Prefill(ClassLabels.of("hole"), "shirts:1")),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(1));
    }

    Datasets datasets() {
        return datasets;
    }

    void fill(Path files) {
        Object _ = datasets.create("gone", ImageTask.CLASSIFICATION, List.of(), "ada");
        Object _ = datasets.deletions().delete("gone", "ada", "made by mistake");
        datasets.create(
                SHIRTS,
                ImageTask.CLASSIFICATION,
                List.of(ClassDefinition.named("hole"), ClassDefinition.named("none")),
                "ada");
        add(
                AddOptions.DEFAULT,
                IntStream.range(0, 16)
                        .mapToObj(seed -> incoming(seed, Optional.empty()))
                        .toList());
        addOthers(files);
        labelling.design().ask(SHIRTS, new LabelQuestion("Is there a hole?", Optional.of(false), Optional.of(false)));
        labelling.design().define(SHIRTS, "hole", "A hole of 1 mm or more");
        labelling.design().example(SHIRTS, image(0), "hole");
        labelling.design().counterExample(SHIRTS, image(1), "hole");
        SavedVersion _ = datasets.versions().commit(SHIRTS, "first", "ada");
        label();
        datasets.renameClass(SHIRTS, "none", "fine", "ada");
        int _ = datasets.change(SHIRTS, List.of(image(14)), ItemChange.removal());
        datasets.forget(List.of(ContentHash.of(LocatedImages.png(2))), "ada", "asked by the person in it");
        home.embeddings().put("descriptor", Map.of(image(0), new float[] {1, 2}, image(1), new float[] {3, 4}));
        SavedVersion _ = datasets.versions().commit(SHIRTS, "second", "ada");
        int _ = datasets.change(SHIRTS, List.of(image(2)), ItemChange.to(Split.TEST));
    }

    /** In place, with their position erased, with a label and a group. */
    private void addOthers(Path files) {
        add(AddOptions.DEFAULT, List.of(incoming(16, Optional.of(ClassLabels.of("none")))));
        add(AddOptions.DEFAULT, List.of(located(LocatedImages.png(2), Optional.empty())));
        add(AddOptions.DEFAULT, List.of(located(LocatedImages.png(3), Optional.empty())));
        try {
            Path file = Files.write(files.resolve("place.png"), LocatedImages.png(4));
            add(
                    new AddOptions(true, Location.DROP, new TreeMap<>(Map.of("camera", "3"))),
                    List.of(located(Files.readAllBytes(file), Optional.of(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void label() {
        labelling.settings(
                SHIRTS,
                new LabellingSettings(
                        2, QueueOrder.RANDOM, 0, 0, Optional.of("shirts:1"), Optional.empty(), ConsensusMethod.AUTO));
        labelling.need(SHIRTS, new LabelNeed(Optional.of(10.0), 0.5));
        labelling.honeypots().set(SHIRTS, Map.of(image(15), ClassLabels.of("hole")), "ada");
        labelling
                .pilots()
                .start(
                        SHIRTS,
                        IntStream.range(0, 10).mapToObj(CatalogSample::image).toList(),
                        2,
                        "ada");
        for (String person : List.of("ada", "bob")) {
            List<LabelLease> leases = labelling.leases().give(SHIRTS, LeaseWish.of(person, 10));
            for (int i = 0; i < 4; i++) {
                vote(leases.get(i), i < 2 ? person.equals("ada") ? "hole" : "none" : "hole", i);
            }
        }
        labelling.pilots().end(SHIRTS);
        List<LabelLease> leases = labelling.leases().give(SHIRTS, LeaseWish.of("eve", 3));
        vote(leases.getFirst(), "hole", 9);
        labelling.score(SHIRTS, Map.of(image(13), new QueueScore(0.5, Optional.of("seen 2 times"))));
        labelling
                .confirmations()
                .confirm(SHIRTS, image(16), new Confirmation("one", "ada", new ClassDecision("none", true)));
    }

    private void vote(LabelLease lease, String label, int number) {
        NewAnnotation annotation = new NewAnnotation(
                lease.annotator(),
                ClassLabels.of(label),
                Optional.of(900L),
                Optional.of(new NewAnnotation.Prefill(ClassLabels.of("hole"), "shirts:1")),
                Optional.of(lease.annotator() + number));
        Object _ = labelling.annotate(SHIRTS, lease.item().image().hash(), annotation, Optional.of(lease.id()));
    }

    private void add(AddOptions options, List<IncomingImage> images) {
        Object _ = datasets.add(SHIRTS, images, options, IngestProgress.SILENT);
    }

    private static IncomingImage incoming(int seed, Optional<AnnotationValue> label) {
        byte[] bytes = NoiseImages.png(seed);
        return new IncomingImage(
                seed + ".png",
                () -> bytes,
                Optional.empty(),
                seed % 2 == 0 ? Split.TRAIN : Split.UNASSIGNED,
                Optional.of("shirt-" + seed / 2),
                new TreeMap<>(Map.of("line", "A")),
                label);
    }

    private static IncomingImage located(byte[] bytes, Optional<Path> file) {
        return new IncomingImage(
                "located.png",
                () -> bytes,
                file,
                Split.UNASSIGNED,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty());
    }

    private static ContentHash image(int seed) {
        return ContentHash.of(NoiseImages.png(seed));
    }

    /** What commands and the HTTP API read. */
    Map<String, Supplier<Object>> readings() {
        Map<String, Supplier<Object>> readings = new LinkedHashMap<>();
        readings.put("list", datasets::list);
        readings.put("summary", () -> datasets.summary(SHIRTS));
        readings.put("tags", () -> datasets.tags(SHIRTS));
        readings.put("items", () -> datasets.page(SHIRTS, ItemFilter.ALL, 0, 100));
        for (String tag : List.of("split=train", "labelled=no", "class=hole", "line=A")) {
            readings.put(tag, () -> datasets.page(SHIRTS, new ItemFilter(List.of(ItemFilter.Tag.parse(tag))), 0, 100));
        }
        readings.put(
                "annotations",
                () -> datasets.page(SHIRTS, ItemFilter.ALL, 0, 100).stream()
                        .map(datasets::annotations)
                        .toList());
        readings.put(
                "bytes",
                () -> datasets.page(SHIRTS, ItemFilter.ALL, 0, 100).stream()
                        .map(DatasetItem::image)
                        .map(image -> Arrays.hashCode(datasets.bytes(image)))
                        .toList());
        readings.put("log", () -> datasets.versions().log(SHIRTS));
        readings.put("changed", () -> datasets.versions().isChanged(SHIRTS));
        readings.put(
                "states",
                () -> datasets.versions().log(SHIRTS).stream()
                        .map(version -> {
                            List<Object> states = new ArrayList<>();
                            datasets.versions().forEach(SHIRTS, version, states::add);
                            return states;
                        })
                        .toList());
        readings.put(
                "diff",
                () -> datasets.versions()
                        .diff(
                                datasets.versions().version(SHIRTS, "1"),
                                datasets.versions().version(SHIRTS, "2"),
                                100));
        readings.put("tombstones", datasets::tombstones);
        readings.put("learners", () -> datasets.learners(ContentHash.of(LocatedImages.png(3))));
        readings.put("deleted", () -> datasets.deletions().all());
        labels(readings);
        readings.put(
                "embeddings",
                () -> home.embeddings()
                        .find("descriptor", List.of(image(0), image(1)))
                        .keySet());
        readings.put(
                "verify", () -> datasets.verify(SHIRTS, IngestProgress.SILENT).faults());
        readings.put(
                "commit",
                () -> datasets.versions().commit(SHIRTS, "third", "ada").id());
        readings.put(
                "add",
                () -> datasets.add(
                                SHIRTS,
                                List.of(incoming(20, Optional.of(ClassLabels.of("hole")))),
                                AddOptions.DEFAULT,
                                IngestProgress.SILENT)
                        .counts());
        readings.put(
                "forget",
                () -> datasets.forget(List.of(image(5)), "ada", "on request").size());
        return readings;
    }

    private void labels(Map<String, Supplier<Object>> readings) {
        readings.put("settings", () -> labelling.settings(SHIRTS));
        readings.put("need", () -> labelling.need(SHIRTS));
        readings.put("capacities", labelling::capacities);
        readings.put("progress", () -> labelling.progress(SHIRTS));
        readings.put("agreement", () -> labelling.agreement(SHIRTS));
        readings.put("disagreements", () -> labelling.disagreements(SHIRTS, 0, 100));
        readings.put("honeypots", () -> labelling.honeypots().of(SHIRTS));
        readings.put("confirmations", () -> labelling.confirmations().of(SHIRTS));
        readings.put("pilot", () -> labelling.pilots().find(SHIRTS));
        readings.put("votes", () -> home.labels().votes(datasets.dataset(SHIRTS).id()));
        readings.put(
                "leases",
                () -> labelling.leases().give(SHIRTS, LeaseWish.of("dan", 20)).stream()
                        .map(lease -> lease.item().image().hash())
                        .toList());
        readings.put("settle", () -> labelling.settle(SHIRTS));
    }
}
