package dev.fovea.remote;

import dev.fovea.remote.protocol.RemoteLabel;
import dev.fovea.remote.protocol.RemoteObject;
import java.util.List;
import java.util.Optional;

/**
 * A remote model's prediction in the local labels.
 *
 * @param labels of the whole image, best first, each local label once at most; empty when no label of the response is
 *     mapped
 * @param objects things in the image, best first, each with its place
 * @param cost of the call, in the currency of the budget, failed attempts included
 */
public record RemotePrediction(List<RemoteLabel> labels, List<RemoteObject> objects, double cost) {

    public RemotePrediction {
        labels = List.copyOf(labels);
        objects = List.copyOf(objects);
    }

    /** The most confident label; empty is "none". */
    public Optional<RemoteLabel> best() {
        return labels.stream().findFirst();
    }
}
