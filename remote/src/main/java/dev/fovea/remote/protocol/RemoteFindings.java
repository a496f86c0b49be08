package dev.fovea.remote.protocol;

import java.util.List;

/** What a service found, in its own labels, with confidences in [0, 1]. */
public record RemoteFindings(List<RemoteLabel> labels, List<RemoteObject> objects) {

    public RemoteFindings {
        labels = List.copyOf(labels);
        objects = List.copyOf(objects);
    }
}
