package dev.fovea.remote;

import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.Pause;
import dev.fovea.remote.guard.RemoteStatus;
import java.time.Clock;
import java.time.Duration;

/**
 * A model that runs elsewhere and answers in our labels. Safe for use by many threads; calls wait, so make them on
 * virtual threads. Closing ends the connections; calls under way fail.
 */
public interface RemoteModel extends AutoCloseable {

    /**
     * What the service sees in an image, which is sent as it is.
     *
     * @param image the file's bytes, JPEG or PNG
     * @param allowed how long the answer may take, tries and pauses between them included; positive
     * @throws dev.fovea.fault.FoveaException {@code REMOTE_FAILED} when the service answered with an error, with
     *     something that is no answer, too late or not at all; {@code REMOTE_SUSPENDED}, at once and at no cost, when
     *     it is not asked, because it failed too often lately, is busy with as many calls as it may have, or its
     *     month's budget is spent; {@code IMAGE_FILE_TOO_LARGE} for a file that the service does not take;
     *     {@code STORAGE_FAILED} when the cost cannot be put on record, in which case nothing is sent;
     *     {@code DEADLINE_EXCEEDED} when no time is allowed; {@code CANCELLED} when the thread was interrupted
     */
    RemotePrediction predict(byte[] image, Duration allowed);

    /** How the service fares and what it has cost; {@code STORAGE_FAILED} when the record cannot be read. */
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
