package dev.fovea.remote;

import dev.fovea.remote.protocol.RemoteFindings;
import dev.fovea.remote.protocol.RemoteLabel;
import dev.fovea.remote.protocol.RemoteObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps a service's labels to ours and counts unmapped ones. Safe for use by many threads. */
final class Translation {

    private final LabelMapping mapping;
    private final UnmappedLabels unmapped = new UnmappedLabels();

    Translation(LabelMapping mapping) {
        this.mapping = mapping;
    }

    RemotePrediction of(RemoteFindings findings, double cost) {
        return new RemotePrediction(labels(findings.labels()), objects(findings.objects()), cost);
    }

    Map<String, Long> unmapped() {
        return unmapped.counts();
    }

    /** Each of ours with the highest confidence of its mapped labels. */
    private List<RemoteLabel> labels(List<RemoteLabel> theirs) {
        Map<String, Double> best = new HashMap<>();
        for (RemoteLabel label : theirs) {
            ours(label.label(), label.confidence()).ifPresent(ours -> best.merge(ours, label.confidence(), Math::max));
        }
        return best.entrySet().stream()
                .map(entry -> new RemoteLabel(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(RemoteLabel::confidence)
                        .reversed()
                        .thenComparing(RemoteLabel::label))
                .toList();
    }

    private List<RemoteObject> objects(List<RemoteObject> theirs) {
        return theirs.stream()
                .flatMap(object -> ours(object.label(), object.confidence()).stream()
                        .map(ours -> new RemoteObject(ours, object.confidence(), object.box())))
                .distinct()
                .sorted(Comparator.comparingDouble(RemoteObject::confidence)
                        .reversed()
                        .thenComparing(RemoteObject::label))
                .toList();
    }

    private Optional<String> ours(String theirs, double confidence) {
        if (confidence < mapping.minConfidence()) {
            return Optional.empty();
        }
        Optional<String> ours = mapping.of(theirs);
        if (ours.isEmpty()) {
            unmapped.seen(theirs);
        }
        return ours;
    }
}
