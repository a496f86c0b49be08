package dev.fovea.labels;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.consensus.AnnotatorQualities;
import dev.fovea.labels.consensus.LabelRule;
import dev.fovea.labels.consensus.Voters;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelStore;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Vote;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows about the people of each data set. It is computed again when the data set has a tenth more
 * rules asked for than it had votes, so that the cost per vote stays bounded. Thread-safe.
 */
final class KnownVoters {

    private static final int MIN_NEW = 20;

    private final LabelStore store;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    private record Known(Voters voters, int usesLeft) {}

    KnownVoters(LabelStore store) {
        this.store = store;
    }

    /** The rule for a data set; where one person labels an image and no skill is required, nothing is looked up. */
    LabelRule rule(Dataset dataset, LabellingSettings settings) {
        if (settings.perImage() == 1 && settings.minSkill().isEmpty()) {
            return new LabelRule(dataset.task(), dataset.labels(), Voters.UNKNOWN);
        }
        Known now = known.compute(
                dataset.id(),
                (_, before) -> before == null || before.usesLeft() == 0
                        ? fresh(dataset, settings)
                        : new Known(before.voters(), before.usesLeft() - 1));
        return new LabelRule(dataset.task(), dataset.labels(), now.voters());
    }

    private Known fresh(Dataset dataset, LabellingSettings settings) {
        List<Vote> votes = store.votes(dataset.id());
        return new Known(
                Voters.of(votes, dataset.task(), dataset.labels(), settings), Math.max(MIN_NEW, votes.size() / 10));
    }

    /** The next rule looks at all votes again. */
    void forget(Dataset dataset) {
        known.remove(dataset.id());
    }

    /** The images of somebody whose honeypots show too little skill go back into the queue. */
    void rework(Dataset dataset, LabellingSettings settings, String person, double minSkill) {
        List<Vote> own = store.votes(dataset.id(), person);
        boolean measured = !own.isEmpty() && own.getLast().known().isPresent();
        if (measured && AnnotatorQualities.isBelow(own, dataset.task(), minSkill)) {
            forget(dataset);
            int _ = store.again(
                    dataset.id(),
                    own.stream()
                            .filter(vote -> vote.known().isEmpty())
                            .map(Vote::image)
                            .toList(),
                    ChoiceReason.REWORK,
                    settings.perImage());
        }
    }
}
