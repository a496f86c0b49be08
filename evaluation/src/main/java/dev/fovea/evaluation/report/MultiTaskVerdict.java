package dev.fovea.evaluation.report;

import dev.fovea.evaluation.classification.ClassificationReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a model of several tasks is usable: it is, where it is for each of them. Pure.
 *
 * @param tasks the verdict on each, by name
 * @param sentences readable sentences, by importance: those of tasks that it is not usable for come first
 */
public record MultiTaskVerdict(Map<String, ModelVerdict> tasks, List<String> sentences) implements EvaluationVerdict {

    public MultiTaskVerdict {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        sentences = List.copyOf(sentences);
    }

    /**
     * The verdict of the reports of all tasks.
     *
     * @param reports by task, two or more
     */
    public static MultiTaskVerdict of(Map<String, ClassificationReport> reports) {
        Map<String, ModelVerdict> tasks = new LinkedHashMap<>();
        reports.forEach((task, report) -> tasks.put(task, ModelVerdict.of(report)));
        List<String> failing = tasks.entrySet().stream()
                .filter(task -> !task.getValue().clearsFloor())
                .map(Map.Entry::getKey)
                .toList();
        List<String> sentences = new ArrayList<>();
        sentences.add(
                failing.isEmpty()
                        ? "Usable for each of the %d tasks: %s."
                                .formatted(tasks.size(), String.join(", ", tasks.keySet()))
                        : "Not usable for %s.".formatted(String.join(", ", failing)));
        failing.forEach(task -> sentences.addAll(named(task, tasks)));
        tasks.keySet().stream()
                .filter(task -> !failing.contains(task))
                .forEach(task -> sentences.addAll(named(task, tasks)));
        return new MultiTaskVerdict(tasks, sentences);
    }

    private static List<String> named(String task, Map<String, ModelVerdict> tasks) {
        return tasks.entrySet().stream()
                .filter(each -> each.getKey().equals(task))
                .flatMap(each -> each.getValue().sentences().stream())
                .map(sentence -> "%s: %s".formatted(task, sentence))
                .collect(Collectors.toList());
    }

    @Override
    public boolean clearsFloor() {
        return tasks.values().stream().allMatch(ModelVerdict::clearsFloor);
    }
}
