package dev.fovea.pipeline.run;

import java.util.List;
import java.util.Map;

/**
 * A training on record. Its words are MLflow's: parameters, metrics with their history, tags.
 *
 * @param id a ULID, so that ids sort by start
 * @param subject what was trained from what
 * @param status how it stands
 * @param params every setting by its name, as in the lineage of the version
 * @param metrics figures at the end; those of a registered version are its evaluation on test images
 * @param tags versions of the program and its libraries, the machine, the person
 * @param curves metrics while it learned; empty where nothing was learned step by step, and in lists
 */
public record RunRecord(
        String id,
        RunSubject subject,
        RunStatus status,
        Map<String, String> params,
        Map<String, Double> metrics,
        Map<String, String> tags,
        List<MetricCurve> curves) {

    public RunRecord {
        params = Map.copyOf(params);
        metrics = Map.copyOf(metrics);
        tags = Map.copyOf(tags);
        curves = List.copyOf(curves);
    }

    /** The same in another state. */
    public RunRecord with(RunStatus other) {
        return new RunRecord(id, subject, other, params, metrics, tags, curves);
    }

    /** The same with its curves, which are stored apart. */
    public RunRecord with(List<MetricCurve> read) {
        return new RunRecord(id, subject, status, params, metrics, tags, read);
    }
}
