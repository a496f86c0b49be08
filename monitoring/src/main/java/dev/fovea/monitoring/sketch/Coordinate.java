package dev.fovea.monitoring.sketch;

/**
 * A number of each image whose mean is watched.
 *
 * @param aspect which side of traffic it belongs to
 * @param name in words, such as {@code brightness} or {@code label rose}
 * @param scale on which its mean is taken
 * @param unit of the plain value, in words; empty without one
 */
public record Coordinate(Aspect aspect, String name, SumScale scale, String unit) {

    /** The scale on which numbers are added up. */
    public enum SumScale {
        /** As it is. */
        LINEAR {
            @Override
            double of(double plain) {
                return plain;
            }

            @Override
            public double plain(double mean) {
                return mean;
            }
        },
        /** {@code log(1 + x)}, for sizes and variances, whose few large values would hide the others. */
        LOGARITHM {
            @Override
            double of(double plain) {
                return Math.log1p(Math.max(0, plain));
            }

            @Override
            public double plain(double mean) {
                return Math.expm1(mean);
            }
        },
        /** The square root, for counts and small shares. */
        ROOT {
            @Override
            double of(double plain) {
                return Math.sqrt(Math.max(0, plain));
            }

            @Override
            public double plain(double mean) {
                return mean * Math.abs(mean);
            }
        };

        abstract double of(double plain);

        /** A typical plain value for a mean on this scale. */
        public abstract double plain(double mean);
    }

    /** Whether it is a share, whose mean over images is one too. */
    public boolean isShare() {
        return scale == SumScale.LINEAR && unit.startsWith("share");
    }
}
