package dev.fovea.pipeline.jobs;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.report.ModelVerdict;
import java.util.HashMap;
import java.util.Map;

/** The metrics of an evaluation that are stored with a version, so that lists need not read the report. */
public final class ReportMetrics {

    private ReportMetrics() {}

    public static Map<String, Double> of(ClassificationReport report) {
        ModelVerdict verdict = ModelVerdict.of(report);
        Map<String, Double> metrics = new HashMap<>();
        metrics.put("accuracy", report.accuracy().value());
        metrics.put("accuracy_low", report.accuracy().low());
        metrics.put("accuracy_high", report.accuracy().high());
        metrics.put("balanced_accuracy", verdict.balancedAccuracy().value());
        metrics.put("balanced_accuracy_low", verdict.balancedAccuracy().low());
        metrics.put("balanced_accuracy_high", verdict.balancedAccuracy().high());
        metrics.put("majority_share", verdict.majority().share());
        metrics.put("macro_f1", report.macro().f1());
        return metrics;
    }

    /**
     * Those of a model of several tasks: of each task with its name, as {@code colour.accuracy}, and without a name
     * those of the task with the lowest accuracy.
     */
    public static Map<String, Double> ofTasks(Map<String, ClassificationReport> reports) {
        Map<String, Double> metrics = new HashMap<>();
        double lowest = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, ClassificationReport> task : reports.entrySet()) {
            Map<String, Double> own = of(task.getValue());
            own.forEach((name, value) -> metrics.put(task.getKey() + "." + name, value));
            double accuracy = task.getValue().accuracy().value();
            if (accuracy < lowest) {
                lowest = accuracy;
                metrics.putAll(own);
            }
        }
        return metrics;
    }
}
