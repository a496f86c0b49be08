package dev.fovea.remote;

import java.util.List;

/** What a service said, in its own labels, confidences in [0, 1]. */
record RemoteFindings(List<RemoteLabel> labels, List<RemoteObject> objects) {

    RemoteFindings {
        labels = List.copyOf(labels);
        objects = List.copyOf(objects);
    }
}
