package dev.fovea.traffic.retention;

import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The keys by which images are chosen; the smallest are kept. Pure. */
public final class KeepKeys {

    private static final int BITS = 53;
    private static final double UNIT = 0x1p-53;

    private KeepKeys() {}

    /**
     * The key of the random sample, uniform on [0, 1): the first bits of the SHA-256 of the request's id and the time
     * of the response, in microseconds. The time is in it because callers may choose ids, and some send the same one
     * always.
     */
    public static double random(String request, Instant time) {
        byte[] id = request.getBytes(StandardCharsets.UTF_8);
        ByteBuffer text = ByteBuffer.allocate(id.length + Long.BYTES);
        text.put(id).putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time));
        return (ByteBuffer.wrap(sha256().digest(text.array())).getLong() >>> (Long.SIZE - BITS)) * UNIT;
    }

    /**
     * How sure a prediction is, 0 to 1: the margin of the two best labels; of several labels per image one minus their
     * mean entropy in bits; of objects and tasks how far the most doubtful one's confidence is from one half. NaN where
     * it says nothing.
     */
    public static double certainty(PredictedOutput output) {
        return switch (output) {
            case PredictedOutput.TopLabels classes -> classes.top().size() < 2 ? Double.NaN : classes.margin();
            case PredictedOutput.ManyLabels labels -> 1 - labels.entropy() / Math.log(2);
            case PredictedOutput.TaskLabels tasks -> mostDoubtful(tasks.labels());
            case PredictedOutput.FoundObjects found -> mostDoubtful(found.labels());
            case PredictedOutput.Regions ignored -> Double.NaN;
            case PredictedOutput.Unlabelled ignored -> Double.NaN;
        };
    }

    private static double mostDoubtful(List<LoggedLabel> labels) {
        return labels.stream()
                .mapToDouble(label -> Math.abs(2 * (double) label.score() - 1))
                .min()
                .orElse(Double.NaN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
