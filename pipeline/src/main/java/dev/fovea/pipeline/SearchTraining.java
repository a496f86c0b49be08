package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.pipeline.backbone.BackboneSize;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.diagnosis.DiagnosisOrder;
import dev.fovea.pipeline.diagnosis.ModelDiagnosis;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.StartingNetwork;
import dev.fovea.pipeline.jobs.TrainedNetwork;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.pipeline.request.RequestPaths;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.search.BackbonePool;
import dev.fovea.pipeline.search.ModelSearch;
import dev.fovea.pipeline.search.SearchImages;
import dev.fovea.pipeline.search.SearchJson;
import dev.fovea.pipeline.search.SearchOutcome;
import dev.fovea.pipeline.search.SearchProgress;
import dev.fovea.pipeline.search.SearchRecord;
import dev.fovea.pipeline.search.SearchRecord.TestVerdict;
import dev.fovea.pipeline.search.SearchSpec;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the smallest network that clears a bar and registers it. The images are read and divided as for any training;
 * the test images are looked at once, for the winner. Where they contradict, it is registered as a candidate only.
 */
public final class SearchTraining {

    /** The search's file in the bundle. */
    public static final String RECORD = "search.json";

    private final JobTools tools;

    /** A search with these tools. */
    public SearchTraining(JobTools tools) {
        this.tools = tools;
    }

    /**
     * What a search came to.
     *
     * @param record all candidates and the choice
     * @param trained the registered winner; absent where none clears the bar
     * @param diagnosis why none clears the bar; absent where one does, and where nothing was judged
     */
    public record SearchResult(
            SearchRecord record, Optional<ModelTraining.TrainingResult> trained, Optional<Diagnosis> diagnosis) {

        /** What goes on record with the job. */
        public SearchReport report() {
            return new SearchReport(record, diagnosis);
        }

        /** The result for people, the most important first. */
        public List<String> sentences() {
            List<String> sentences = new ArrayList<>(record.sentences());
            diagnosis.map(Diagnosis::sentences).ifPresent(why -> sentences.addAll(1, why));
            return sentences;
        }
    }

    /**
     * A search as it is on record with its job.
     *
     * @param diagnosis why none clears the bar and what would help most; absent where one does, and where nothing was
     *     judged
     */
    public record SearchReport(SearchRecord search, Optional<Diagnosis> diagnosis) {}

    /**
     * Searches, and registers the winner; throws the errors of {@link ModelSearch#run} and of a training.
     *
     * @param version of the curated data set that is searched with; empty for a folder
     * @param paths replaces those of the request
     */
    public SearchResult run(
            SearchRequest request,
            Optional<String> version,
            RequestPaths paths,
            BackbonePool pool,
            TrainingListener listener) {
        request.validate();
        StartingNetwork.Searched start =
                new StartingNetwork.Searched(Bar.parse(request.bar()), pool.of(request.from(), listener::note));
        TrainingSpec order = TrainingSpec.of(
                request.withData(version.orElse(request.data())).withPaths(paths),
                start,
                version.map(each -> new TrainingTargets(each, Map.of())));
        return run(order, start, listener);
    }

    private SearchResult run(TrainingSpec order, StartingNetwork.Searched start, TrainingListener listener) {
        ModelName.require(order.name());
        Registry.requireReason(order.note());
        long begin = System.nanoTime();
        TrainingIntake intake = TrainingIntake.of(tools, order, listener);
        DatasetVersion dataset = intake.dataset();
        List<DatasetVersion.Item> learning = new ArrayList<>(dataset.on(Split.TRAIN));
        learning.addAll(dataset.on(Split.VALIDATION));
        SearchImages images = new SearchImages(dataset.labels(), NetworkLearning.files(order, dataset, learning));
        SearchOutcome outcome = new ModelSearch(
                        tools,
                        new SearchSpec(
                                start.bar(),
                                start.backbones(),
                                order.settings().schedule().timeBudget(),
                                order.settings().seed()),
                        images,
                        new SearchSteps(listener),
                        begin)
                .run();
        return outcome.winner()
                .map(winner -> registered(order, intake, outcome, winner, begin, listener))
                .orElseGet(() -> new SearchResult(
                        outcome.record(), Optional.empty(), diagnosis(order, start, outcome, images, listener)));
    }

    /** Why the best candidate does not clear the quality that it misses by most, at the size that it sees images at. */
    private Optional<Diagnosis> diagnosis(
            TrainingSpec order,
            StartingNetwork.Searched start,
            SearchOutcome outcome,
            SearchImages images,
            TrainingListener listener) {
        return outcome.missed()
                .map(missed -> new ModelDiagnosis(tools)
                        .run(
                                new DiagnosisOrder(
                                        start.backbones().stream()
                                                .filter(one -> one.name().equals(missed.backbone()))
                                                .map(one -> BackboneSize.at(one, missed.edge()))
                                                .findFirst()
                                                .orElseThrow(),
                                        images.labels(),
                                        images.learning(),
                                        QualityTarget.parse(missed.condition()),
                                        order.settings().seed()),
                                new HeadSteps(listener)));
    }

    private SearchResult registered(
            TrainingSpec order,
            TrainingIntake intake,
            SearchOutcome outcome,
            SearchOutcome.SearchWinner winner,
            long begin,
            TrainingListener listener) {
        FittedNetwork learned = new FittedNetwork(
                new TrainedNetwork(
                        winner.classifier().bytes(),
                        winner.contract(),
                        (System.nanoTime() - begin) / 1e9,
                        winner.described()),
                Optional.empty(),
                Optional.empty());
        List<SearchRecord> tested = new ArrayList<>();
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            ModelTraining.TrainingResult trained = new ModelTraining(tools)
                    .finished(order, intake, learned, directory, listener, report -> {
                        SearchRecord record = outcome.tested(report.confusion());
                        tested.add(record);
                        return new ModelTraining.GateDecision(
                                record.test()
                                        .filter(look -> look.verdict() == TestVerdict.CONTRADICTS)
                                        .map(_ -> "the test images contradict the bar"),
                                Map.of(RECORD, SearchJson.bytes(record)));
                    });
            return new SearchResult(tested.getFirst(), Optional.of(trained), Optional.empty());
        }
    }

    /** Tells a listener of a training how far a diagnosis has come. */
    private record HeadSteps(TrainingListener listener) implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            listener.progress(Step.TRAIN, 1, Optional.empty(), "why none clears the bar: " + detail);
        }

        @Override
        public void note(String sentence) {
            // notes are part of the diagnosis
        }
    }

    /** Tells a listener of a training how far a search has come. */
    private record SearchSteps(TrainingListener listener) implements SearchProgress {

        @Override
        public void at(double fraction, String detail) {
            listener.progress(Step.TRAIN, fraction, Optional.empty(), detail);
        }

        @Override
        public void note(String sentence) {
            listener.note(sentence);
        }
    }
}
