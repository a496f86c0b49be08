package dev.fovea.pipeline.search.network;

import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.pipeline.jobs.UnregisteredBundle;
import dev.fovea.statistics.ConfusionMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Learns all weights of a few networks by successive halving: each for a short time, then the one that predicts the
 * validation images best for as long again as all of them together. Only that one sees the images that were held back.
 */
public final class WholeHalving {

    /** Less time than this per training goes to starting it. */
    public static final Duration LEAST = Duration.ofSeconds(15);

    private final JobTools tools;
    private final WholeSpec spec;
    private final WholeProgress progress;

    public WholeHalving(JobTools tools, WholeSpec spec, WholeProgress progress) {
        this.tools = tools;
        this.spec = spec;
        this.progress = progress;
    }

    /**
     * The network that was left.
     *
     * @param judged its predictions of the images that were held back
     */
    public record JudgedWhole(LearnedWhole network, ConfusionMatrix judged) {}

    /**
     * Learns.
     *
     * @param starts the most promising first; the last ones are left out where there is no time for all
     * @param left until all must have ended
     * @return empty where none could be trained
     * @throws FoveaException {@code CANCELLED}
     */
    public Optional<JudgedWhole> run(List<WholeNetwork> starts, Supplier<Duration> left) {
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            WholeTraining training = new WholeTraining(tools, spec, progress, directory);
            List<LearnedWhole> begun = begun(training, starts, left);
            return learned(training, begun, left).map(best -> new JudgedWhole(best, judged(best, directory)));
        }
    }

    /** As many as get a short training in half of the time. */
    private List<LearnedWhole> begun(WholeTraining training, List<WholeNetwork> starts, Supplier<Duration> left) {
        List<LearnedWhole> begun = new ArrayList<>();
        for (WholeNetwork start : starts) {
            if (!begun.isEmpty() && left.get().toNanos() < 2L * (begun.size() + 1) * LEAST.toNanos()) {
                break;
            }
            attempt(start, () -> training.begun(start)).ifPresent(begun::add);
        }
        return begun;
    }

    private Optional<LearnedWhole> learned(WholeTraining training, List<LearnedWhole> begun, Supplier<Duration> left) {
        if (begun.size() < 2) {
            return begun.stream()
                    .findFirst()
                    .flatMap(only -> attempt(only.network(), () -> training.trained(only, shortened(left.get()))));
        }
        List<LearnedWhole> tried = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            LearnedWhole one = begun.get(i);
            // what is left, less the second half, in equal parts
            Duration share = left.get().dividedBy(2L * begun.size() - i);
            attempt(one.network(), () -> training.trained(one, shortened(share)))
                    .ifPresent(tried::add);
        }
        return tried.stream()
                .max(Comparator.comparingDouble(LearnedWhole::accuracy)
                        .thenComparing(Comparator.comparingInt(
                                        (LearnedWhole one) -> one.classifier().size())
                                .reversed()))
                .map(best -> left.get().compareTo(LEAST) < 0
                        ? best
                        : attempt(best.network(), () -> training.trained(best, shortened(left.get())))
                                .orElse(best));
    }

    /** The process and its engine have to start, and the network is written at the end. */
    private static Duration shortened(Duration whole) {
        Duration rest = whole.minusSeconds(LEAST.toSeconds() / 2);
        return rest.isPositive() ? rest : Duration.ofSeconds(1);
    }

    /** A network that cannot be trained is named, and the others go on. */
    private Optional<LearnedWhole> attempt(WholeNetwork network, Supplier<LearnedWhole> work) {
        try {
            return Optional.of(work.get());
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            progress.note("%s at %d px was not trained as a whole: %s"
                    .formatted(network.name(), network.edge(), e.getMessage()));
            return Optional.empty();
        }
    }

    private ConfusionMatrix judged(LearnedWhole network, ScratchDirectory directory) {
        List<LabelledImage> images =
                spec.images().judged().stream().map(WholeHalving::labelled).toList();
        return new ServingScores(tools)
                .of(
                        UnregisteredBundle.write(
                                directory.resolve("judged"),
                                spec.labels(),
                                network.contract(),
                                network.classifier(),
                                tools.origin()),
                        images,
                        (done, total) -> progress.at("%s at %d px, all weights: %,d of %,d images held back"
                                .formatted(
                                        network.network().name(),
                                        network.network().edge(),
                                        done,
                                        total)))
                .confusion();
    }

    private static LabelledImage labelled(LabelledFile image) {
        return new LabelledImage(image.sample().image(), image.sample().label());
    }
}
