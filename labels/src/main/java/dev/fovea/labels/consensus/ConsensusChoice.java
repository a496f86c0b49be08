package dev.fovea.labels.consensus;

import dev.fovea.labels.queue.ConsensusMethod;

/**
 * The method that makes one label of several votes, and why.
 *
 * @param method never {@link ConsensusMethod#AUTO}
 * @param reason a sentence
 */
public record ConsensusChoice(ConsensusMethod method, String reason) {}
