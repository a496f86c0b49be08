package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.pipeline.backbone.BackboneSize;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.StartingNetwork;
import dev.fovea.pipeline.jobs.TrainedNetwork;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.pipeline.request.RequestPaths;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.pipeline.run.RunSubject;
import dev.fovea.pipeline.search.BackbonePool;
import dev.fovea.pipeline.search.ModelSearch;
import dev.fovea.pipeline.search.SearchImages;
import dev.fovea.pipeline.search.SearchJson;
import dev.fovea.pipeline.search.SearchOutcome;
import dev.fovea.pipeline.search.SearchProgress;
import dev.fovea.pipeline.search.SearchRecord;
import dev.fovea.pipeline.search.SearchRecord.TestVerdict;
import dev.fovea.pipeline.search.SearchSpec;
import dev.fovea.pipeline.search.missed.MissedBarDiagnosis;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.Registry;
import dev.fovea.statistics.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the smallest network that clears a bar and registers it. The images are read and divided as for any training;
 * the test images are looked at once, for the winner. Where they contradict, it is registered as a candidate only.
 */
public final class SearchTraining {

    /** The search's file in the bundle. */
    public static final String RECORD = "search.json";

    /** The diagnosis is planned to end when this share of the time is over. */
    private static final double DIAGNOSED = 0.96;

    private static final double MEGABYTE = 1e6;

    private final JobTools tools;
    private final Function<String, Optional<Interval>> ceiling;

    /**
     * A search with these tools.
     *
     * @param ceiling the accuracy that annotators' agreement allows, by the name of a data set
     */
    public SearchTraining(JobTools tools, Function<String, Optional<Interval>> ceiling) {
        this.tools = tools;
        this.ceiling = ceiling;
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
        RunRecording run = tools.recording(
                new RunSubject(
                        request.subject(),
                        Optional.empty(),
                        version.orElse(request.data()),
                        request.work(),
                        listener.job()),
                Map.of("bar", request.bar(), "minutes", Double.toString(request.limit())));
        return run.attempt(
                () -> searched(request, version, paths, pool, listener, run),
                result -> result.trained().map(ModelTraining.TrainingResult::version));
    }

    private SearchResult searched(
            SearchRequest request,
            Optional<String> version,
            RequestPaths paths,
            BackbonePool pool,
            TrainingListener listener,
            RunRecording run) {
        StartingNetwork.Searched start =
                new StartingNetwork.Searched(Bar.parse(request.bar()), pool.of(request.from(), listener::note));
        TrainingSpec order = TrainingSpec.of(
                request.withData(version.orElse(request.data())).withPaths(paths),
                start,
                version.map(each -> new TrainingTargets(each, Map.of())));
        Optional<Interval> agreed =
                version.map(name -> name.substring(0, name.indexOf('@'))).flatMap(ceiling);
        return searched(order, start, agreed, listener, run);
    }

    private SearchResult searched(
            TrainingSpec order,
            StartingNetwork.Searched start,
            Optional<Interval> agreed,
            TrainingListener listener,
            RunRecording run) {
        ModelName.require(order.name());
        Registry.requireReason(order.note());
        long begin = System.nanoTime();
        TrainingIntake intake = TrainingIntake.of(tools, order, listener);
        DatasetVersion dataset = intake.dataset();
        List<DatasetVersion.Item> learning = new ArrayList<>(dataset.on(Split.TRAIN));
        learning.addAll(dataset.on(Split.VALIDATION));
        SearchImages images = new SearchImages(
                dataset.labels(), NetworkLearning.files(order, dataset, learning), BackboneSize.shown(learning));
        SearchSpec spec = new SearchSpec(
                start.bar(),
                start.backbones(),
                order.settings().schedule().timeBudget(),
                order.settings().seed());
        SearchOutcome outcome = new ModelSearch(tools, spec, images, new SearchSteps(listener), begin).run();
        measure(outcome.record(), run);
        return outcome.winner()
                .map(winner -> registered(order, intake, outcome, winner, begin, listener))
                .orElseGet(() -> {
                    Duration left = Duration.ofNanos(
                                    (long) (DIAGNOSED * spec.budget().toNanos()))
                            .minusNanos(System.nanoTime() - begin);
                    return new SearchResult(
                            outcome.record(),
                            Optional.empty(),
                            outcome.missed()
                                    .map(missed -> new MissedBarDiagnosis(tools, spec, images)
                                            .of(missed, left, agreed, new HeadSteps(listener))));
                });
    }

    private static void measure(SearchRecord record, RunRecording run) {
        run.metric("candidates", record.candidates().size());
        run.metric("search_seconds", record.extent().seconds());
        record.shown().ifPresent(row -> {
            run.metric("estimated_accuracy", row.quality().accuracy().value());
            run.metric("estimated_macro_f1", row.quality().macroF1().value());
            run.metric("size_mb", row.cost().bytes() / MEGABYTE);
        });
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
