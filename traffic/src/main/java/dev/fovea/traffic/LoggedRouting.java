package dev.fovea.traffic;

import dev.fovea.fault.ErrorCode;
import java.util.Optional;

/**
 * Why a version predicted, and what became of its prediction.
 *
 * @param requested the model that the caller named
 * @param role of the version that predicted
 * @param cache where its prediction came from
 * @param servedBy what the caller got a response of, where it is another or no version: {@code large:2},
 *     {@code remote:ocr}, {@code default}
 * @param error that of the requested model where its fallback predicted, or of the larger model where an escalation
 *     failed
 */
public record LoggedRouting(
        String requested, Role role, CacheResult cache, Optional<String> servedBy, Optional<ErrorCode> error) {

    /** The role of a version. */
    public enum Role {
        /** The requested model. */
        REQUESTED,
        /** The larger model of the requested model's cascade. */
        CASCADE,
        /** The requested model failed, and this one responded for it. */
        FALLBACK
    }

    /** Where a prediction came from. */
    public enum CacheResult {
        /** The network ran, without a look into the cache. */
        NOT_USED,
        /** The network ran. */
        MISS,
        /** An equal image was predicted before. */
        HIT,
        /** A near-duplicate image was predicted before. */
        SIMILAR_HIT
    }

    /** Whether the caller got this prediction; of a row with a version. */
    public boolean served() {
        return servedBy.isEmpty();
    }

    /** Whether the requested model was unsure and another one responded; of a row with a version. */
    public boolean escalated() {
        return role == Role.REQUESTED && servedBy.isPresent();
    }
}
