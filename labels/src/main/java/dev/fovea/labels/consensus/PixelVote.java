package dev.fovea.labels.consensus;

import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;
import java.util.List;

/** The weighted majority of masks, pixel by pixel, in time that grows with their runs. Pure. */
final class PixelVote {

    private PixelVote() {}

    /**
     * The pixels of more than half of the weight. Where it is exactly half, the first mask decides.
     *
     * @param masks one or more, of one size
     * @param weights of the masks, above 0
     */
    static Mask of(List<Mask> masks, List<Double> weights) {
        double half = weights.stream().mapToDouble(Double::doubleValue).sum() / 2;
        double slack = 1e-9 * half;
        int count = masks.size();
        int[] runs = new int[count];
        int[] ends = new int[count];
        for (int i = 0; i < count; i++) {
            ends[i] = masks.get(i).runs()[0];
        }
        MaskBuilder builder = new MaskBuilder(masks.getFirst().size());
        int pixels = Math.multiplyExact(
                masks.getFirst().size().width(), masks.getFirst().size().height());
        int at = 0;
        while (at < pixels) {
            int end = pixels;
            double inside = 0;
            for (int i = 0; i < count; i++) {
                while (ends[i] <= at) {
                    ends[i] += masks.get(i).runs()[++runs[i]];
                }
                end = Math.min(end, ends[i]);
                inside += runs[i] % 2 == 1 ? weights.get(i) : 0;
            }
            boolean isTied = Math.abs(inside - half) <= slack;
            if (isTied ? runs[0] % 2 == 1 : inside > half) {
                builder.add(at, end - at);
            }
            at = end;
        }
        return builder.build();
    }
}
