package dev.fovea.pipeline.curation;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.similarity.CaptureBursts;
import dev.fovea.datasets.similarity.CurationRow;
import dev.fovea.datasets.similarity.EmbeddingDuplicates;
import dev.fovea.datasets.similarity.Outliers;
import dev.fovea.datasets.similarity.SplitLeaks;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.labels.queue.QueueScore;
import dev.fovea.labels.wrong.ConfirmedParts;
import dev.fovea.labels.wrong.GivenClasses;
import dev.fovea.labels.wrong.GivenLabel;
import dev.fovea.labels.wrong.WrongClassReport;
import dev.fovea.labels.wrong.WrongClasses;
import dev.fovea.labels.wrong.WrongLabels;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.statistics.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a curated data set by the embeddings of its images. */
public final class DatasetCheck {

    private static final long SEED = 1;
    /** Images that a check puts in front of the queue. */
    private static final int QUEUED = 500;

    private final JobTools tools;
    private final Datasets datasets;
    private final Labelling labelling;

    public DatasetCheck(JobTools tools, Datasets datasets, Labelling labelling) {
        this.tools = tools;
        this.datasets = datasets;
        this.labelling = labelling;
    }

    /** The version that a request names; empty for the best one. Errors as of {@link Registry#version}. */
    public Optional<ModelVersion> version(CheckRequest request) {
        return version(tools, datasets, request);
    }

    static Optional<ModelVersion> version(JobTools tools, Datasets datasets, CheckRequest request) {
        var _ = datasets.dataset(request.dataset());
        return request.model().isEmpty()
                ? Optional.empty()
                : Optional.of(tools.registry().version(request.model(), request.version()));
    }

    /**
     * Checks labels and images, and puts the unlabelled images whose labels would teach most in front of the queue.
     *
     * @throws FoveaException {@code DATASET_INVALID} for a data set without images
     */
    public DatasetFindings check(CheckRequest request, JobProgress progress) {
        String name = request.dataset();
        Optional<ModelVersion> named = version(request);
        boolean isDetector = named.filter(BoxCheck::isDetector).isPresent();
        EmbeddedItems embedded = embedded(name, isDetector ? Optional.empty() : named, progress);
        List<EmbeddingDuplicates.Pair> near = NearImages.pairs(embedded);
        return new DatasetFindings(
                new DatasetFindings.ComparedImages(
                        embedded.source(), embedded.items().size(), embedded.unreadable()),
                labels(datasets.dataset(name), embedded, named.filter(_ -> isDetector), progress),
                DesignEvidence.separation(datasets.dataset(name).task(), embedded),
                near.stream().map(pair -> pair(embedded, pair)).toList(),
                leaks(embedded, near),
                outliers(embedded),
                chosen(name, named, embedded, progress));
    }

    /** The unlabelled images whose labels would teach most, the first first. */
    public NextImages next(CheckRequest request, int budget, JobProgress progress) {
        Optional<ModelVersion> named = version(request);
        EmbeddedItems embedded =
                embedded(request.dataset(), named.filter(version -> !BoxCheck.isDetector(version)), progress);
        return new NextImagesChoice(tools, datasets).of(request.dataset(), named, embedded, budget, progress);
    }

    /** The accuracy that the agreement of a data set's annotators allows; empty where nobody labelled twice. */
    public Optional<Interval> ceiling(String name) {
        return labelling.agreement(name).ceiling();
    }

    private NextImages chosen(String name, Optional<ModelVersion> named, EmbeddedItems embedded, JobProgress progress) {
        NextImages next = new NextImagesChoice(tools, datasets).of(name, named, embedded, QUEUED, progress);
        queue(name, next, embedded);
        return next;
    }

    /** Gives the images their scores for the queue's order uncertain: the first has the highest, others have none. */
    private void queue(String name, NextImages next, EmbeddedItems embedded) {
        Map<ContentHash, QueueScore> scores = new LinkedHashMap<>();
        embedded.rows(false)
                .forEach(row -> scores.put(embedded.items().get(row).image().hash(), QueueScore.NONE));
        int left = next.images().size();
        for (ImagePriority image : next.images()) {
            scores.put(ContentHash.parse(image.image()), new QueueScore(left--, Optional.of(image.reason())));
        }
        labelling.score(name, scores);
    }

    private EmbeddedItems embedded(String name, Optional<ModelVersion> model, JobProgress progress) {
        EmbeddedItems embedded = new ItemEmbedding(tools, datasets, name).of(model, progress);
        if (embedded.items().isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The data set \"%s\" has no readable images. Add some: fovea data add %s FOLDER"
                            .formatted(name, name));
        }
        return embedded;
    }

    private static String hash(EmbeddedItems embedded, int row) {
        return embedded.items().get(row).image().hash().toString();
    }

    private LabelFindings labels(
            Dataset dataset, EmbeddedItems embedded, Optional<ModelVersion> detector, JobProgress progress) {
        List<Integer> rows = embedded.rows(true);
        return switch (dataset.task()) {
            case CLASSIFICATION -> oneLabel(embedded, rows);
            case MULTI_LABEL -> severalLabels(dataset, embedded, rows);
            case DETECTION, INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION ->
                new BoxCheck(tools, datasets, dataset, labelling.confirmations().of(dataset.name()))
                        .judge(
                                rows.stream()
                                        .map(embedded.items()::get)
                                        .filter(item -> !isConfirmed(item))
                                        .toList(),
                                detector,
                                progress);
        };
    }

    private LabelFindings oneLabel(EmbeddedItems embedded, List<Integer> rows) {
        List<GivenLabel> given = rows.stream()
                .map(embedded.items()::get)
                .map(item -> new GivenLabel(
                        item.image().hash().toString(), label(item).orElseThrow(), item.group(), isConfirmed(item)))
                .toList();
        try {
            return rows.size() < 2
                    ? tooFew()
                    : new LabelFindings.SingleClass(new WrongLabels(SEED).find(given, embedded.matrix(rows)));
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.DATASET_INVALID) {
                throw e;
            }
            return tooFew();
        }
    }

    private static LabelFindings tooFew() {
        return new LabelFindings.NotJudged("Labels were not judged: that needs two classes of two images each.");
    }

    private LabelFindings severalLabels(Dataset dataset, EmbeddedItems embedded, List<Integer> rows) {
        ConfirmedParts parts = labelling.confirmations().of(dataset.name());
        List<GivenClasses> given = rows.stream()
                .map(embedded.items()::get)
                .map(item -> new GivenClasses(
                        item.image().hash().toString(), classes(item), item.group(), confirmed(dataset, item, parts)))
                .toList();
        WrongClassReport report = rows.isEmpty()
                ? new WrongClassReport(List.of(), List.of(), 0, dataset.labels())
                : new WrongClasses(SEED).find(given, embedded.matrix(rows), dataset.labels());
        return report.classes().isEmpty()
                ? new LabelFindings.NotJudged(
                        "Labels were not judged: that needs a class that %d images have and %d have not."
                                .formatted(WrongClasses.MIN_IMAGES, WrongClasses.MIN_IMAGES))
                : new LabelFindings.SeveralClasses(report);
    }

    /** The classes about which a person found the decision right: all where they kept the whole label. */
    private Set<String> confirmed(Dataset dataset, DatasetItem item, ConfirmedParts parts) {
        String image = item.image().hash().toString();
        List<String> given = classes(item);
        boolean isWhole = isConfirmed(item);
        return dataset.labels().stream()
                .filter(label -> isWhole || parts.answer(image, label, given.contains(label)))
                .collect(Collectors.toSet());
    }

    private static List<String> classes(DatasetItem item) {
        return item.label().map(label -> label.content().value().classes()).orElse(List.of());
    }

    private static Optional<String> label(DatasetItem item) {
        return classes(item).stream().findFirst();
    }

    /** A person has looked at the whole label again and kept it. */
    private boolean isConfirmed(DatasetItem item) {
        Optional<NewAnnotation> label = item.label().map(ItemAnnotation::content);
        return label.isPresent()
                && !label.get().annotator().equals(NewAnnotation.IMPORT)
                && datasets.annotations(item).stream()
                                .filter(each -> each.content()
                                        .value()
                                        .equals(label.get().value()))
                                .count()
                        > 1;
    }

    private static DatasetFindings.NearPair pair(EmbeddedItems embedded, EmbeddingDuplicates.Pair pair) {
        DatasetItem left = embedded.items().get(pair.left());
        DatasetItem right = embedded.items().get(pair.right());
        return new DatasetFindings.NearPair(
                left.image().hash().toString(),
                left.source(),
                right.image().hash().toString(),
                right.source(),
                !label(left).equals(label(right)));
    }

    private static List<DatasetFindings.LeakedImage> leaks(
            EmbeddedItems embedded, List<EmbeddingDuplicates.Pair> near) {
        List<CurationRow> rows = embedded.items().stream()
                .map(item -> new CurationRow(item.image().hash().toString(), item.split(), item.group(), item.tags()))
                .toList();
        return SplitLeaks.find(rows, near, CaptureBursts.DEFAULT_GAP).stream()
                .map(leak -> new DatasetFindings.LeakedImage(
                        leak.reason(),
                        hash(embedded, leak.leaked()),
                        embedded.items().get(leak.leaked()).source(),
                        hash(embedded, leak.twin()),
                        embedded.items().get(leak.twin()).source()))
                .toList();
    }

    private static List<DatasetFindings.Stranger> outliers(EmbeddedItems embedded) {
        return Outliers.find(
                        embedded.vectors(),
                        embedded.items().stream().map(DatasetCheck::label).toList(),
                        Outliers.DEFAULT_FALSE_ALARM_RATE)
                .stream()
                .map(outlier -> new DatasetFindings.Stranger(
                        hash(embedded, outlier.row()),
                        embedded.items().get(outlier.row()).source(),
                        outlier.deviations()))
                .toList();
    }
}
