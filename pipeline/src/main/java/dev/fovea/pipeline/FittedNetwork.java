package dev.fovea.pipeline;

import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.jobs.TrainedNetwork;
import dev.fovea.training.TrainingEvent;
import java.util.Optional;

/**
 * What was learned, and how.
 *
 * @param head how a head was fitted; empty for a network that was trained from random weights
 * @param epochs how the training of all weights ended; empty where only a head was fitted
 */
public record FittedNetwork(
        TrainedNetwork network, Optional<HeadReport> head, Optional<TrainingEvent.Finished> epochs) {

    /** The result of fitting in one line, for people. */
    public Optional<String> headSentence() {
        return head.map(HeadReport::sentence);
    }
}
