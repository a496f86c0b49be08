package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.LeaveGroupOut;
import dev.fovea.statistics.drift.PressChoice;
import dev.fovea.statistics.drift.Rhythm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What is expected of all coordinates in quiet traffic, fitted to quiet blocks. */
final class QuietModel {

    /** Stretches of blocks over which the error of the rhythm is averaged. */
    private static final int WINDOWS = 40;

    private final List<QuietBlock> blocks;
    private final List<QuietFit> fits = new ArrayList<>();
    /** The largest rhythm of an aspect's coordinates. */
    private final Map<Aspect, LeaveGroupOut> rhythms = new EnumMap<>(Aspect.class);

    private QuietModel(List<QuietBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * Fits each coordinate with the rhythm, the dependence on the blocks before and the spread that predict it best.
     *
     * @param longest the longest rhythm that is no drift
     */
    static QuietModel of(List<QuietBlock> blocks, List<Coordinate> coordinates, Rhythm longest) {
        QuietModel model = new QuietModel(blocks);
        List<LeaveGroupOut> rhythms = longest.upTo().stream()
                .filter(rhythm -> rhythm == Rhythm.NONE || model.suffices(rhythm))
                .map(rhythm -> model.design(block -> Arrays.copyOf(block.rhythm()[0], rhythm.count())))
                .toList();
        LeaveGroupOut bySize = model.design(QuietFit::size);
        LeaveGroupOut byTime = model.design(QuietFit::sizeAndTime);
        LeaveGroupOut.Fit[] rhythm = model.choose(
                coordinates,
                rhythms.stream().mapToInt(LeaveGroupOut::regressors).toArray(),
                j -> {
                    double[] values = QuietFit.centred(blocks, j);
                    return rhythms.stream().map(one -> one.fit(values)).toList();
                });
        LeaveGroupOut.Fit[] lags = model.choose(coordinates, new int[] {0, QuietFit.LAG_REGRESSORS}, j -> {
            double mean = QuietFit.mean(blocks, j);
            LeaveGroupOut before = model.design(block -> QuietFit.before(block, j, mean, rhythm[j]));
            return List.of(QuietFit.withoutLags(rhythm[j]), before.fit(rhythm[j].errors()));
        });
        LeaveGroupOut.Fit[] spreads =
                model.choose(coordinates, new int[] {bySize.regressors(), byTime.regressors()}, j -> {
                    double[] logarithms = QuietFit.logarithms(lags[j].errors());
                    return List.of(bySize.fit(logarithms), byTime.fit(logarithms));
                });
        for (int j = 0; j < coordinates.size(); j++) {
            model.fits.add(QuietFit.of(blocks, rhythm[j], lags[j], spreads[j], j));
            int regressors = rhythm[j].coefficients().length;
            LeaveGroupOut own = rhythms.stream()
                    .filter(one -> one.regressors() == regressors)
                    .findFirst()
                    .orElseThrow();
            model.rhythms.merge(coordinates.get(j).aspect(), own, (a, b) -> a.regressors() >= b.regressors() ? a : b);
        }
        return model;
    }

    private boolean suffices(Rhythm rhythm) {
        long days = blocks.stream().mapToInt(QuietBlock::day).distinct().count();
        return rhythm.daysToLearn() <= days && rhythm.blocksToLearn() <= blocks.size();
    }

    private LeaveGroupOut design(Function<QuietBlock, double[]> regressors) {
        return new LeaveGroupOut(
                blocks.stream().map(regressors).toArray(double[][]::new),
                blocks.stream().mapToInt(QuietBlock::day).toArray());
    }

    /** For each coordinate one of several fits, from simple to large; what helps an aspect's coordinates helps each. */
    private LeaveGroupOut.Fit[] choose(
            List<Coordinate> coordinates, int[] sizes, IntFunction<List<LeaveGroupOut.Fit>> fits) {
        Map<Aspect, PressChoice> choices = new EnumMap<>(Aspect.class);
        List<List<LeaveGroupOut.Fit>> all = new ArrayList<>();
        int[] place = new int[coordinates.size()];
        for (int j = 0; j < place.length; j++) {
            PressChoice choice = choices.computeIfAbsent(
                    coordinates.get(j).aspect(), absent -> new PressChoice(sizes, blocks.size()));
            all.add(fits.apply(j));
            place[j] = choice.add(
                    all.get(j).stream().mapToDouble(LeaveGroupOut.Fit::press).toArray());
        }
        LeaveGroupOut.Fit[] chosen = new LeaveGroupOut.Fit[place.length];
        for (int j = 0; j < chosen.length; j++) {
            PressChoice choice =
                    Objects.requireNonNull(choices.get(coordinates.get(j).aspect()));
            chosen[j] = all.get(j).get(choice.of(place[j]));
        }
        return chosen;
    }

    /** In the order of time; {@code blocks().get(i)} has the errors {@code fits().get(j).errors()[i]}. */
    List<QuietBlock> blocks() {
        return blocks;
    }

    /** By coordinate. */
    List<QuietFit> fits() {
        return fits;
    }

    /**
     * The variance that the error of the rhythm adds to the sum of so many consecutive errors of an aspect's
     * coordinates, in units of the variance that they have otherwise. The error of the mean is not counted, because
     * ranks among all quiet blocks allow for it.
     */
    double rhythmError(Aspect aspect, int n) {
        LeaveGroupOut rhythm = rhythms.get(aspect);
        if (rhythm == null || n > blocks.size()) {
            return 0;
        }
        double sum = 0;
        int windows = 0;
        for (int end = blocks.size(); end >= n && windows < WINDOWS; end -= Math.max(1, blocks.size() / WINDOWS)) {
            double[] mean = new double[rhythm.regressors()];
            for (QuietBlock block : blocks.subList(end - n, end)) {
                for (int k = 0; k < mean.length; k++) {
                    mean[k] += block.rhythm()[0][k] / n;
                }
            }
            sum += n * Math.max(0, rhythm.variance(mean) - 1.0 / blocks.size());
            windows++;
        }
        return windows == 0 ? 0 : sum / windows;
    }
}
