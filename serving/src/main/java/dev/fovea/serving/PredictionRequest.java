package dev.fovea.serving;

import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;

/**
 * An image for a model.
 *
 * @param image the file's bytes; not changed while the request lasts, nor after it
 * @param priority in the queue
 * @param deadline after which no caller waits
 * @param cache whether a cached response will do
 * @param details what the caller says besides
 */
public record PredictionRequest(
        PredictionTarget target,
        byte[] image,
        Priority priority,
        Deadline deadline,
        CacheUse cache,
        RequestDetails details) {

    /** A request of the program itself, with default priority and cache use. */
    public PredictionRequest(PredictionTarget target, byte[] image, Deadline deadline) {
        this(target, image, Priority.NORMAL, deadline, CacheUse.DEFAULT, RequestDetails.OWN);
    }

    /** The same image for another model. */
    public PredictionRequest to(PredictionTarget other) {
        return new PredictionRequest(other, image, priority, deadline, cache, details);
    }

    /** The same with another deadline. */
    public PredictionRequest by(Deadline other) {
        return new PredictionRequest(target, image, priority, other, cache, details);
    }
}
