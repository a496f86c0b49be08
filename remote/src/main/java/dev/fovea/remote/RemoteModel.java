package dev.fovea.remote;

import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.Pause;
import dev.fovea.remote.guard.RemoteStatus;
import java.time.Clock;
import java.time.Duration;

/**
 * A remote model whose predictions use the local labels. Safe for use by many threads; calls wait, so make them on
 * virtual threads. Closing ends the connections; calls under way fail.
 */
public interface RemoteModel extends AutoCloseable {

    /**
     * Sends an image unchanged and returns the service's prediction.
     *
     * @param image the file's bytes, JPEG or PNG
     * @param allowed the timeout, retries and pauses included; positive
     * @throws dev.fovea.fault.FoveaException {@code REMOTE_FAILED} when the service responds with an error, malformed,
     *     too late or not at all; {@code REMOTE_SUSPENDED}, at once and at no cost, when no request is sent, because
     *     the circuit is open, the concurrency limit is reached or the month's budget is spent;
     *     {@code IMAGE_FILE_TOO_LARGE} for a file that the service does not take; {@code STORAGE_FAILED} when the cost
     *     cannot be recorded, in which case nothing is sent; {@code DEADLINE_EXCEEDED} when no time is allowed;
     *     {@code CANCELLED} when the thread was interrupted
     */
    RemotePrediction predict(byte[] image, Duration allowed);

    /** The service's status and cost; {@code STORAGE_FAILED} when the record cannot be read. */
    RemoteStatus status();

    @Override
    void close();

    /**
     * A model as configured.
     *
     * @param costs where its costs are kept
     * @param clock tells the month, the age of a failure and the time in a signature
     */
    static RemoteModel open(RemoteSettings settings, CostStore costs, Clock clock) {
        return new GuardedModel(settings, costs, clock, Pause.SLEEPING);
    }
}
