package dev.fovea.imaging.geometry;

/** Common or joint pixels of two masks, run by run. Pure. */
final class MaskMerge {

    private MaskMerge() {}

    static Mask merge(Mask one, Mask other, boolean both) {
        if (!one.size().equals(other.size())) {
            throw new IllegalArgumentException(
                    "masks of different images: %s and %s".formatted(one.size(), other.size()));
        }
        MaskBuilder builder = new MaskBuilder(one.size());
        int[] a = one.runs();
        int[] b = other.runs();
        int pixels = one.size().width() * one.size().height();
        int runA = 0;
        int runB = 0;
        int endA = a[0];
        int endB = b[0];
        int at = 0;
        while (at < pixels) {
            while (endA <= at) {
                endA += a[++runA];
            }
            while (endB <= at) {
                endB += b[++runB];
            }
            int end = Math.min(endA, endB);
            boolean inA = runA % 2 == 1;
            boolean inB = runB % 2 == 1;
            if (both ? inA && inB : inA || inB) {
                builder.add(at, end - at);
            }
            at = end;
        }
        return builder.build();
    }
}
