package dev.fovea.cli.learn;

import dev.fovea.cli.search.SearchCandidates;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.SearchTraining;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.search.SearchRecord;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.util.Optional;

/** {@code fovea train --bar}. */
final class SearchRun {

    private SearchRun() {}

    /** Searches, and shows what came of it: the verdict first, then the candidates. */
    static void of(
            SearchRequest request, Application application, Terminal terminal, Optional<Path> findings, boolean json) {
        SearchTraining.SearchResult result = application
                .jobs()
                .run(
                        request,
                        terminal::progress,
                        progress -> application
                                .work()
                                .search(request, new TrainingProgress(terminal, true, findings, progress)),
                        JobOutcomes::of);
        if (json) {
            terminal.json(SearchSummary.of(result));
            return;
        }
        terminal.say(VerdictLines.of(result.sentences()));
        terminal.say(SearchCandidates.table(result.record()));
        result.record()
                .best()
                .flatMap(SearchRecord.BestCandidate::bar)
                .ifPresent(bar ->
                        terminal.say("Register the best anyway:  fovea train %s --name %s --bar \"%s\" --minutes %s"
                                .formatted(request.data(), request.model(), bar, Double.toString(request.limit()))));
        result.trained()
                .ifPresent(trained -> terminal.say("Registered %s. %s"
                        .formatted(
                                trained.version().id(),
                                PromotionOption.outcome(
                                        application.registry(), trained.version(), trained.promotion()))));
    }

    /**
     * The result of a search for {@code --json}.
     *
     * @param registered absent where no candidate clears the bar
     * @param diagnosis why none clears the bar and what would help most; absent where one does
     */
    private record SearchSummary(
            Optional<RegisteredWinner> registered, SearchRecord search, Optional<Diagnosis> diagnosis) {

        /** The winner as a version. */
        record RegisteredWinner(String model, int version, TrainingSummary.PromotionSummary promotion) {}

        static SearchSummary of(SearchTraining.SearchResult result) {
            return new SearchSummary(
                    result.trained()
                            .map(trained -> new RegisteredWinner(
                                    trained.version().name(),
                                    trained.version().number(),
                                    new TrainingSummary.PromotionSummary(
                                            trained.promotion().promoted(),
                                            trained.promotion().reason()))),
                    result.record(),
                    result.diagnosis());
        }
    }
}
