package dev.fovea.runtime;

import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;

/**
 * An image to be answered.
 *
 * @param bytes the file's bytes; not changed while the request lasts
 * @param priority who goes first when requests wait
 * @param deadline after which nobody waits
 */
public record ImageRequest(byte[] bytes, Priority priority, Deadline deadline) {

    /** Of usual priority. */
    public ImageRequest(byte[] bytes, Deadline deadline) {
        this(bytes, Priority.NORMAL, deadline);
    }
}
