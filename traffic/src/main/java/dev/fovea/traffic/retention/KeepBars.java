package dev.fovea.traffic.retention;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The best keys of a part of a day that are known to this server, of each reason as many as may be kept: who has no
 * better key than these need not be staged. Owned by one thread.
 */
final class KeepBars {

    private final KeepPart part;
    private final Map<KeepReason, Integer> quotas;
    private final Map<KeepReason, PriorityQueue<Double>> best = new EnumMap<>(KeepReason.class);

    KeepBars(OpenPart open) {
        this.part = open.part();
        this.quotas = open.quotas();
        for (KeepReason reason : quotas.keySet()) {
            best.put(reason, new PriorityQueue<>(Comparator.reverseOrder()));
        }
        open.staged().forEach(candidate -> candidate.keys().forEach(this::offer));
    }

    KeepPart part() {
        return part;
    }

    /** The keys by which an image may be kept, which are remembered; empty when it cannot be. */
    Map<KeepReason, Double> offer(Map<KeepReason, Double> keys) {
        EnumMap<KeepReason, Double> good = new EnumMap<>(KeepReason.class);
        keys.forEach((reason, key) -> {
            if (offer(reason, key)) {
                good.put(reason, key);
            }
        });
        return good;
    }

    private boolean offer(KeepReason reason, double key) {
        int quota = quotas.getOrDefault(reason, 0);
        PriorityQueue<Double> queue = best.get(reason);
        if (queue == null || quota == 0 || Double.isNaN(key)) {
            return false;
        }
        if (queue.size() < quota) {
            return queue.add(key);
        }
        Double worst = queue.peek();
        if (worst != null && key >= worst) {
            return false;
        }
        queue.remove();
        return queue.add(key);
    }

    /** Forgets keys of an image that could not be staged, so that others can take its place. */
    void withdraw(Map<KeepReason, Double> keys) {
        keys.forEach((reason, key) -> {
            PriorityQueue<Double> queue = best.get(reason);
            if (queue != null) {
                boolean _ = queue.remove(key);
            }
        });
    }
}
