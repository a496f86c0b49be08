package dev.fovea.cli.learn.multitask;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.pipeline.request.MultiTaskRequest.TaskDataRequest;
import dev.fovea.pipeline.request.TrainRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** A training of several tasks at once. */
public final class TaskOptions {

    @Option(
            names = "--task",
            paramLabel = "TASK=FOLDER|DATASET",
            description =
                    "Instead of FOLDER, two or more times: a task and its labelled images. One model gives a label of each task; the tasks share the network of --from. The same image may be in several tasks.")
    private final List<String> tasks = new ArrayList<>();

    /** Whether the training is one of several tasks. */
    public boolean requested() {
        return !tasks.isEmpty();
    }

    /**
     * The request, from what the command would train a classifier by.
     *
     * @param data a folder as its absolute path, or the name of a data set
     * @throws FoveaException {@code ARGUMENT_INVALID} for options that do not apply
     */
    public MultiTaskRequest request(TrainRequest classifier, UnaryOperator<String> data) {
        TrainRequest.TrainNetworkRequest network = classifier.network();
        Map<String, Boolean> stated = new LinkedHashMap<>();
        stated.put("FOLDER", !classifier.data().isEmpty());
        stated.put("--network", !network.family().isEmpty());
        stated.put("--size", !network.size().isEmpty());
        stated.put("--edge", network.edge().isPresent());
        stated.put("--fit network", network.fit().equals("network"));
        stated.put("--minutes", classifier.schedule().minutes().isPresent());
        stated.put("--epochs", classifier.schedule().epochs().isPresent());
        stated.put("--steps", !classifier.schedule().steps().isEmpty());
        List<String> wrong = stated.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (!wrong.isEmpty()) {
            throw invalid("%s %s not apply with --task, which fits heads to the features of a given network. Omit %s."
                    .formatted(
                            String.join(", ", wrong),
                            wrong.size() == 1 ? "does" : "do",
                            wrong.size() == 1 ? "it" : "them"));
        }
        if (network.from().isEmpty()) {
            throw invalid("The tasks share a network with learned weights. Add --from MODEL.");
        }
        MultiTaskRequest request = new MultiTaskRequest(
                classifier.model(),
                tasks.stream().map(text -> task(text, data)).toList(),
                new MultiTaskRequest.MultiTaskNetworkRequest(network.from(), network.contract(), network.cut()),
                classifier.schedule().classWeights(),
                classifier.schedule().seed(),
                classifier.split(),
                classifier.promote(),
                classifier.note());
        request.validate();
        return request;
    }

    private static TaskDataRequest task(String text, UnaryOperator<String> data) {
        int end = text.indexOf('=');
        if (end < 1 || end == text.length() - 1) {
            throw invalid("--task is \"%s\"; it must be a name and a folder, such as colour=images/colour."
                    .formatted(Printable.brief(text)));
        }
        return new TaskDataRequest(text.substring(0, end), data.apply(text.substring(end + 1)));
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
