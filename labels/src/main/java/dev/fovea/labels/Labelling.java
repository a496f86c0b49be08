package dev.fovea.labels;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetCatalog.DatasetSummary;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.AgreementStudy;
import dev.fovea.labels.consensus.ConsensusChoice;
import dev.fovea.labels.consensus.LabelCapacity;
import dev.fovea.labels.consensus.LabelRule;
import dev.fovea.labels.consensus.LabellingProgress;
import dev.fovea.labels.consensus.ProgressStudy;
import dev.fovea.labels.consensus.SoftLabel;
import dev.fovea.labels.consensus.Voters;
import dev.fovea.labels.queue.Annotators;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabelStore;
import dev.fovea.labels.queue.LabelStores;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.PilotStore;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.labels.queue.QueueScore;
import dev.fovea.labels.queue.SettledImages;
import dev.fovea.labels.queue.Vote;
import dev.fovea.labels.wrong.ConfirmationStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Labelling of data sets by people: who gets which image, and which label is in force. Leases and votes are rows, so
 * that nothing is lost by a crash; writes are serialized by the database, so that several servers may share it.
 * Thread-safe. Every method that takes a name throws {@code DATASET_UNKNOWN} when there is no such data set.
 */
public final class Labelling {

    /** Images that one transaction decides. */
    private static final int PAGE = 200;

    private final Datasets datasets;
    private final LabelStore store;
    private final PilotStore pilots;
    private final ConfirmationStore confirmations;
    private final KnownVoters people;
    private final PrefillModel model;
    private final Clock clock;
    private final RandomGenerator random;

    public Labelling(Datasets datasets, LabelStores stores, PrefillModel model, Clock clock, RandomGenerator random) {
        this.datasets = datasets;
        this.store = stores.labels();
        this.pilots = stores.pilots();
        this.confirmations = stores.confirmations();
        this.people = new KnownVoters(store);
        this.model = model;
        this.clock = clock;
        this.random = random;
    }

    /** How a data set is labelled. */
    public LabellingSettings settings(String name) {
        return store.settings(datasets.dataset(name).id());
    }

    /** Changes how a data set is labelled. Another consensus decides the labels of all images again. */
    public void settings(String name, LabellingSettings settings) {
        LabellingSettings before = settings(name);
        settings.prefillModel()
                .filter(other -> !before.prefillModel().equals(Optional.of(other)))
                .ifPresent(model::requireKnown);
        boolean isOtherConsensus = before.consensus() != settings.consensus();
        store.store(datasets.dataset(name).id(), settings);
        if (isOtherConsensus) {
            SettledImages _ = settle(name);
        }
    }

    /** Which method makes one label of several votes by now, and why. */
    public ConsensusChoice consensus(String name) {
        Dataset dataset = datasets.dataset(name);
        return Voters.choice(
                store.votes(dataset.id()),
                dataset.labels(),
                store.settings(dataset.id()).consensus());
    }

    /** The prediction of the data set's model for an image; empty without a model. */
    public Optional<Prefill> predict(String name, DatasetItem item) {
        Dataset dataset = datasets.dataset(name);
        return store.settings(dataset.id())
                .prefillModel()
                .flatMap(each -> model.predict(dataset, each, datasets.bytes(item.image())));
    }

    /** The version of the model that {@link #predict} uses, such as {@code shirts:3}; empty without a model. */
    public Optional<String> predictor(String name) {
        return settings(name).prefillModel().map(model::version);
    }

    /** Who has which image, and for how long. */
    public LabelLeases leases() {
        return new LabelLeases(datasets, store, model, clock, random);
    }

    /**
     * Records an annotation by a person and decides the label by {@link LabelRule}. One whose lease has expired is
     * recorded as well; the same client id is recorded once.
     */
    public ItemAnnotation annotate(String name, ContentHash image, NewAnnotation annotation, Optional<String> lease) {
        Dataset dataset = datasets.dataset(name);
        NewAnnotation checked = checked(dataset, image, annotation);
        LabellingSettings settings = store.settings(dataset.id());
        ItemAnnotation made = store.record(
                dataset.id(), image, checked, lease, settings.perImage(), now(), people.rule(dataset, settings));
        settings.minSkill().ifPresent(min -> people.rework(dataset, settings, checked.annotator(), min));
        return made;
    }

    /**
     * Withdraws annotations that were deleted where they were made; the labels that rest on them are decided again.
     *
     * @param origin start of their client ids, up to a space
     * @return number of votes
     */
    public int withdraw(String name, String origin) {
        Dataset dataset = datasets.dataset(name);
        LabellingSettings settings = store.settings(dataset.id());
        people.forget(dataset);
        return store.withdraw(dataset.id(), origin, settings.perImage(), people.rule(dataset, settings));
    }

    /** Decides all labels again with what is known about the people by now; returns what changed. */
    public SettledImages settle(String name) {
        Dataset dataset = datasets.dataset(name);
        LabellingSettings settings = store.settings(dataset.id());
        people.forget(dataset);
        return settle(
                dataset,
                settings,
                store.votes(dataset.id()).stream().map(Vote::image).distinct().toList());
    }

    /** Decides the images again about which people disagree, as after two classes became one; returns what changed. */
    public SettledImages settleDisputed(String name) {
        Dataset dataset = datasets.dataset(name);
        people.forget(dataset);
        return settle(
                dataset,
                store.settings(dataset.id()),
                store.disputed(dataset.id(), 0, Integer.MAX_VALUE).stream()
                        .map(LabelStore.Disputed::image)
                        .toList());
    }

    private SettledImages settle(Dataset dataset, LabellingSettings settings, List<ContentHash> images) {
        SettledImages changed = SettledImages.NONE;
        for (int from = 0; from < images.size(); from += PAGE) {
            changed = changed.plus(store.settle(
                    dataset.id(),
                    images.subList(from, Math.min(from + PAGE, images.size())),
                    settings.perImage(),
                    people.rule(dataset, settings)));
        }
        return changed;
    }

    /** How far the labelling has come. */
    public LabellingProgress progress(String name) {
        return progress(datasets.dataset(name));
    }

    private LabellingProgress progress(Dataset dataset) {
        LabellingSettings settings = store.settings(dataset.id());
        Instant now = now();
        return ProgressStudy.of(
                store.votes(dataset.id()),
                dataset.task(),
                dataset.labels(),
                settings,
                store.need(dataset.id()),
                store.demand(dataset.id(), settings.perImage(), now),
                now);
    }

    /** Labels made against labels needed, of every data set by its name. */
    public SortedMap<String, LabelCapacity> capacities() {
        SortedMap<String, LabelCapacity> capacities = new TreeMap<>();
        for (DatasetSummary summary : datasets.list()) {
            capacities.put(summary.dataset().name(), progress(summary.dataset()).capacity());
        }
        return capacities;
    }

    /** How many labels the models need that learn from a data set. */
    public LabelNeed need(String name) {
        return store.need(datasets.dataset(name).id());
    }

    /** Declares how many labels are needed. */
    public LabelNeed need(String name, LabelNeed need) {
        store.need(datasets.dataset(name).id(), need);
        return need;
    }

    /** How well people agree. */
    public AgreementReport agreement(String name) {
        Dataset dataset = datasets.dataset(name);
        return AgreementStudy.of(store.votes(dataset.id()), dataset.task(), dataset.labels());
    }

    /**
     * Images about which people disagree and nobody decided.
     *
     * @param after id of the last item of the page before; 0 for the first page
     */
    public List<Disagreement> disagreements(String name, long after, int size) {
        long dataset = datasets.dataset(name).id();
        return store.disputed(dataset, after, size).stream()
                .map(each -> new Disagreement(
                        datasets.item(name, each.image()), store.votes(dataset, each.image()), each.confidence()))
                .toList();
    }

    /** The label in force as probabilities, and how many people they rest on; empty without votes, and for objects. */
    public Optional<SoftLabel> softLabel(String name, DatasetItem item) {
        Dataset dataset = datasets.dataset(name);
        return SoftLabel.of(
                dataset, item, store.votes(dataset.id(), item.image().hash()));
    }

    /** Tests of the question with people. */
    public Pilots pilots() {
        return new Pilots(datasets, store, pilots, clock);
    }

    /** What people decided about suspect parts of labels. */
    public Confirmations confirmations() {
        return new Confirmations(datasets, confirmations, clock);
    }

    /** The question before the labels. */
    public LabelDesign design() {
        return new LabelDesign(datasets);
    }

    /** Records a reviewer's decision, which votes do not change. */
    public ItemAnnotation decide(String name, ContentHash image, NewAnnotation annotation) {
        Dataset dataset = datasets.dataset(name);
        return store.decide(dataset.id(), image, checked(dataset, image, annotation));
    }

    private NewAnnotation checked(Dataset dataset, ContentHash image, NewAnnotation annotation) {
        NewAnnotation checked = new NewAnnotation(
                Annotators.requirePerson(annotation.annotator()),
                annotation.value(),
                annotation.millis(),
                annotation.prefill(),
                annotation.clientId());
        datasets.requireFits(dataset, image, checked.value());
        annotation.prefill().map(Prefill::value).ifPresent(dataset::requireFits);
        return checked;
    }

    /** Images with known labels, by which people are measured. */
    public Honeypots honeypots() {
        return new Honeypots(datasets, store);
    }

    /** Scores for the order {@link QueueOrder#UNCERTAIN}; the highest comes first. */
    public void score(String name, Map<ContentHash, QueueScore> scores) {
        store.score(datasets.dataset(name).id(), scores);
    }

    /** Puts images in the queue again for one person more than labelled them so far; returns how many. */
    public int again(String name, Collection<ContentHash> images, ChoiceReason reason) {
        Dataset dataset = datasets.dataset(name);
        return store.again(
                dataset.id(), images, reason, store.settings(dataset.id()).perImage());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
