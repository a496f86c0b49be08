package dev.fovea.serving;

import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;

/**
 * An image for a model.
 *
 * @param image the file's bytes; not changed while the request lasts
 * @param priority in the queue
 * @param deadline after which no caller waits
 * @param cache whether a cached response will do
 */
public record PredictionRequest(
        PredictionTarget target, byte[] image, Priority priority, Deadline deadline, CacheUse cache) {

    /** With default priority and cache use. */
    public PredictionRequest(PredictionTarget target, byte[] image, Deadline deadline) {
        this(target, image, Priority.NORMAL, deadline, CacheUse.DEFAULT);
    }

    /** The same image for another model. */
    public PredictionRequest to(PredictionTarget other) {
        return new PredictionRequest(other, image, priority, deadline, cache);
    }

    /** The same with another deadline. */
    public PredictionRequest by(Deadline other) {
        return new PredictionRequest(target, image, priority, other, cache);
    }
}
