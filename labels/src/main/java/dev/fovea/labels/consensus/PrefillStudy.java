package dev.fovea.labels.consensus;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.labels.consensus.PrefillReport.Anchoring;
import dev.fovea.labels.consensus.PrefillReport.PrefillUse;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.DifferenceOfProportions;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of predictions that were filled in, and whether they change what people say. Pure. */
final class PrefillStudy {

    /** A smaller difference between shown and hidden predictions does not matter. */
    private static final double NEGLIGIBLE = 0.05;

    private PrefillStudy() {}

    static PrefillReport of(List<Vote> votes, Collection<String> classes) {
        Map<Boolean, List<Vote>> byHidden = votes.stream()
                .filter(vote -> vote.suggestion().isPresent())
                .collect(Collectors.partitioningBy(
                        vote -> vote.suggestion().orElseThrow().hidden()));
        List<Vote> shown = byHidden.getOrDefault(false, List.of());
        List<Vote> hidden = byHidden.getOrDefault(true, List.of());
        Optional<Anchoring> anchoring = anchoring(shown, hidden);
        return new PrefillReport(
                shown.isEmpty() ? Optional.empty() : Optional.of(verdict(kept(shown), anchoring)),
                classes.stream().flatMap(name -> use(name, shown).stream()).toList(),
                anchoring);
    }

    private static Optional<PrefillUse> use(String name, List<Vote> shown) {
        List<Vote> of = shown.stream()
                .filter(vote -> vote.suggestion()
                        .filter(offer -> offer.prefill().value().classes().contains(name))
                        .isPresent())
                .toList();
        if (of.isEmpty()) {
            return Optional.empty();
        }
        int accepted = (int) of.stream().filter(PrefillStudy::isKept).count();
        return Optional.of(new PrefillUse(name, accepted, of.size() - accepted, kept(of)));
    }

    private static boolean isKept(Vote vote) {
        return vote.suggestion().orElseThrow().prefill().value().equals(vote.value());
    }

    private static Interval kept(List<Vote> votes) {
        return WilsonInterval.of(votes.stream().filter(PrefillStudy::isKept).count(), votes.size());
    }

    private static Optional<Anchoring> anchoring(List<Vote> shown, List<Vote> hidden) {
        if (shown.isEmpty() || hidden.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> without = ProgressStudy.medianMillis(hidden);
        return Optional.of(new Anchoring(
                kept(shown),
                kept(hidden),
                DifferenceOfProportions.of(kept(shown), kept(hidden)),
                ProgressStudy.medianMillis(shown).flatMap(with -> without.map(each -> each - with))));
    }

    private static String verdict(Interval kept, Optional<Anchoring> anchoring) {
        String share = text("People keep %.0f %% of the suggestions", 100 * kept.value());
        return anchoring
                .map(each -> share + saved(each.savedMillis()) + ". " + follows(each.difference()))
                .orElse(share + ". Hide them for a share of the images to see what they save and whether people follow"
                        + " the model.");
    }

    private static String saved(Optional<Long> millis) {
        return millis.map(each -> text(
                        each < 0 ? ", which costs %.1f s per image" : ", which saves %.1f s per image",
                        Math.abs(each) / 1000.0))
                .orElse("");
    }

    private static String follows(Interval difference) {
        String figures = text(
                "%.0f points, %.0f to %.0f", 100 * difference.value(), 100 * difference.low(), 100 * difference.high());
        if (difference.low() > 0) {
            return text("People follow the model: where they see it, they agree with it more often (%s).", figures);
        }
        return difference.high() < NEGLIGIBLE
                ? text("Seeing the model does not change what people say (%s).", figures)
                : text("It is not sure yet whether people follow the model (%s); label more images.", figures);
    }

    @FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
