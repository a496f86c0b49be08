package dev.fovea.serving.pool;

import dev.fovea.registry.Rollout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Chooses the version of a request that names none. Sticky: the same request key, or without one the same image, goes
 * to the same version while the share stays; raising the share only moves requests away from production. Pure.
 */
public final class RolloutChoice {

    private static final double BUCKETS = 1L << 32;

    private RolloutChoice() {}

    /** The version beside production that this request belongs to. */
    public static OptionalInt beside(Rollout rollout, Optional<String> key, byte[] image) {
        return switch (rollout) {
            case Rollout.None() -> OptionalInt.empty();
            case Rollout.CanaryTraffic(int version, double percent) ->
                share(version, identity(key, image)) * 100 < percent ? OptionalInt.of(version) : OptionalInt.empty();
            case Rollout.SplitTraffic(long seed, List<Rollout.SlotRange> slots) -> {
                int slot = (int) (share(mix(seed), identity(key, image)) * Rollout.SplitTraffic.SLOTS);
                yield slots.stream()
                        .filter(range -> range.from() <= slot && slot < range.to())
                        .mapToInt(Rollout.SlotRange::version)
                        .findFirst();
            }
        };
    }

    private static byte[] identity(Optional<String> key, byte[] image) {
        return key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(image);
    }

    /** A number in [0, 1), evenly spread over requests; another one for another version on trial. */
    public static double share(int version, byte[] identity) {
        return share((long) version << 32, identity);
    }

    private static double share(long salt, byte[] identity) {
        CRC32C crc = new CRC32C();
        crc.update(identity);
        return (mix(crc.getValue() + salt) >>> 32) / BUCKETS;
    }

    /** The finalizer of MurmurHash3 (Appleby 2011): CRC alone is linear and would leave patterns. */
    private static long mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
