package dev.fovea.rollout.experiment;

import dev.fovea.rollout.experiment.ExperimentStore.FigureValue;
import dev.fovea.rollout.experiment.ExperimentStore.UnitValue;
import dev.fovea.rollout.experiment.ExperimentUnit.KeyUnit;
import dev.fovea.rollout.experiment.ExperimentUnit.RequestUnit;
import dev.fovea.rollout.experiment.LoggedRequests.LoggedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins values of the figure to units: by key to the key, and by a request's id, through the prediction log, to the key
 * that the request had, else to the request. Used by one thread in the server that leads.
 */
final class ValueIntake {

    private static final int BATCH = 10_000;

    private final ExperimentStore store;
    private final LoggedRequests requests;

    ValueIntake(ExperimentStore store, LoggedRequests requests) {
        this.store = store;
        this.requests = requests;
    }

    /** Takes in what came since the last call, up to a number of values. */
    void take(Experiment experiment, Instant now) {
        List<FigureValue> open = store.open(experiment, BATCH);
        if (open.isEmpty()) {
            return;
        }
        Set<String> ids = open.stream()
                .filter(FigureValue::ofRequest)
                .map(FigureValue::subject)
                .collect(Collectors.toSet());
        Map<String, LoggedRequest> logged = ids.isEmpty()
                ? Map.of()
                : requests.find(experiment.model(), ids, experiment.start().at());
        store.take(
                experiment,
                open.stream()
                        .map(value -> new UnitValue(value, unit(experiment, value, logged)))
                        .toList(),
                now);
    }

    private static Optional<ExperimentUnit> unit(
            Experiment experiment, FigureValue value, Map<String, LoggedRequest> logged) {
        if (!value.ofRequest()) {
            return Optional.of(KeyUnit.of(value.subject()));
        }
        return Optional.ofNullable(logged.get(value.subject()))
                .filter(request -> experiment.shares().containsKey(request.version())
                        && !request.time().isBefore(experiment.start().at()))
                .map(request -> request.key()
                        .<ExperimentUnit>map(KeyUnit::of)
                        .orElseGet(() -> RequestUnit.of(value.subject(), request.version(), request.time())));
    }
}
