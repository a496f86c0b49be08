package dev.fovea.cli.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.request.TrainRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A search for the smallest model that is good enough. */
public final class SearchOptions {

    @Option(
            names = "--bar",
            paramLabel = "CONDITIONS",
            description =
                    "What is good enough, such as \"recall(hole) >= 0.95, macro_f1 >= 0.9, p99 <= 20ms, size <= 10MB\": the smallest model that clears it with 95%% confidence is searched for in --minutes and registered. The measures are accuracy, macro_f1, recall(CLASS), precision(CLASS), f1(CLASS), p50, p99 and size. It starts from all backbones of the home, or from --from.")
    private @Nullable String bar;

    /** Whether a search is asked for. */
    public boolean requested() {
        return bar != null;
    }

    /** {@code ARGUMENT_INVALID} where a search is asked for. */
    public void requireAbsent() {
        if (requested()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--bar is for classifiers and does not apply with --anomaly. Omit one of them.");
        }
    }

    /**
     * The request, from what the command would train a classifier by.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for options that do not apply
     */
    public SearchRequest request(TrainRequest classifier) {
        TrainRequest.TrainNetworkRequest network = classifier.network();
        Map<String, Boolean> stated = new LinkedHashMap<>();
        stated.put("--network", !network.family().isEmpty());
        stated.put("--size", !network.size().isEmpty());
        stated.put("--edge", network.edge().isPresent());
        stated.put("--cut", !network.cut().isEmpty());
        stated.put("--fit", !network.fit().isEmpty());
        stated.put("--contract", !network.contract().isEmpty());
        stated.put("--epochs", classifier.schedule().epochs().isPresent());
        stated.put("--steps", !classifier.schedule().steps().isEmpty());
        stated.put("--split", !classifier.split().isEmpty());
        List<String> wrong = stated.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (!wrong.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s %s not apply with --bar, which finds that out. Omit %s."
                            .formatted(
                                    String.join(", ", wrong),
                                    wrong.size() == 1 ? "does" : "do",
                                    wrong.size() == 1 ? "it" : "them"));
        }
        return new SearchRequest(
                classifier.model(),
                classifier.data(),
                bar == null ? "" : bar,
                network.from().isEmpty() ? List.of() : List.of(network.from()),
                classifier.schedule().minutes(),
                classifier.schedule().seed(),
                classifier.promote(),
                classifier.note());
    }
}
