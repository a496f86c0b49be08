package dev.fovea.monitoring.findings;

import dev.fovea.model.decoder.TaskHead;
import dev.fovea.statistics.findings.ImageFindings;
import dev.fovea.statistics.findings.ImageFindings.FoundBox;
import dev.fovea.statistics.findings.ImageFindings.ScoredFinding;
import dev.fovea.statistics.labelerrors.ClassBox;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.TrueBox;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The classes of a version as numbers, and predictions and truths in these. */
final class FindingClasses {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    FindingClasses(List<String> labels) {
        for (String label : labels) {
            if (numbers.putIfAbsent(label, names.size()) == null) {
                names.add(label);
            }
        }
    }

    int count() {
        return names.size();
    }

    String name(int label) {
        return names.get(label);
    }

    /**
     * What was found, as if nothing of it were right; empty for an output that finds no things, or an unknown class.
     */
    Optional<List<ScoredFinding>> found(PredictedOutput output) {
        return switch (output) {
            case PredictedOutput.FoundObjects(var _, List<LoggedBox> boxes, int _) ->
                known(boxes.stream().map(LoggedBox::label).toList())
                        ? Optional.of(boxes.stream()
                                .map(box -> finding(box.label(), box.score()))
                                .toList())
                        : Optional.empty();
            case PredictedOutput.ManyLabels(List<LoggedLabel> applying, float _) ->
                known(applying.stream().map(LoggedLabel::label).toList())
                        ? Optional.of(applying.stream()
                                .map(one -> finding(one.label(), one.score()))
                                .toList())
                        : Optional.empty();
            case PredictedOutput.TaskLabels(List<LoggedLabel> best, float _) ->
                known(best.stream().map(LoggedLabel::label).toList())
                        ? Optional.of(best.stream()
                                .map(one -> finding(one.label(), one.score()))
                                .toList())
                        : Optional.empty();
            case PredictedOutput.TopLabels _ -> Optional.empty();
            case PredictedOutput.Regions _ -> Optional.empty();
            case PredictedOutput.Unlabelled _ -> Optional.empty();
        };
    }

    /** A prediction against the truth; empty where they do not fit each other. */
    Optional<ImageFindings> judged(PredictedOutput output, TrueLabels truth) {
        if (!truth.classes().stream().allMatch(numbers::containsKey)) {
            return Optional.empty();
        }
        if (output instanceof PredictedOutput.FoundObjects(var _, List<LoggedBox> boxes, int _)
                && truth instanceof TrueLabels.TrueObjects(List<TrueBox> objects)) {
            return found(output)
                    .map(_ -> ImageFindings.ofBoxes(
                            boxes.stream().map(this::box).toList(),
                            objects.stream().map(this::box).toList()));
        }
        if (output instanceof PredictedOutput.ManyLabels
                && truth instanceof TrueLabels.TrueLabelSet(SortedSet<String> labels)) {
            SortedSet<Integer> applying = new TreeSet<>();
            labels.forEach(label -> applying.add(number(label)));
            return found(output).map(found -> ImageFindings.ofLabels(found, applying));
        }
        if (output instanceof PredictedOutput.TaskLabels(List<LoggedLabel> predicted, float entropy)
                && truth instanceof TrueLabels.TrueLabelSet(SortedSet<String> labels)) {
            return tasks(
                    new PredictedOutput.TaskLabels(
                            predicted.stream()
                                    .filter(label -> isTold(label, labels))
                                    .toList(),
                            entropy),
                    labels);
        }
        return Optional.empty();
    }

    /** Whether the truth says something of the task that a label is of. */
    private static boolean isTold(LoggedLabel label, SortedSet<String> truth) {
        return truth.stream().anyMatch(each -> TaskHead.task(each).equals(TaskHead.task(label.label())));
    }

    private Optional<ImageFindings> tasks(PredictedOutput.TaskLabels told, SortedSet<String> labels) {
        SortedSet<Integer> applying = new TreeSet<>();
        labels.forEach(label -> applying.add(number(label)));
        return found(told).map(found -> ImageFindings.ofLabels(found, applying));
    }

    private boolean known(List<String> labels) {
        return labels.stream().allMatch(numbers::containsKey);
    }

    private int number(String label) {
        return numbers.getOrDefault(label, -1);
    }

    private ScoredFinding finding(String label, float score) {
        return new ScoredFinding(number(label), score(score), false);
    }

    private FoundBox box(LoggedBox box) {
        return new FoundBox(
                number(box.label()),
                score(box.score()),
                box.width() > 0 && box.height() > 0
                        ? Optional.of(new ClassBox(number(box.label()), box.x(), box.y(), box.width(), box.height()))
                        : Optional.empty());
    }

    private ClassBox box(TrueBox box) {
        return new ClassBox(number(box.label()), box.x(), box.y(), box.width(), box.height());
    }

    private static double score(float score) {
        return Float.isFinite(score) ? Math.clamp(score, 0.0, 1.0) : 0;
    }
}
