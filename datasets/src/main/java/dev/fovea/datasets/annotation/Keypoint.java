package dev.fovea.datasets.annotation;

/**
 * A named point of an object.
 *
 * @param name of the point, such as {@code left-eye}; empty where a format only numbers them
 * @param x pixels of the upright image
 * @param y pixels of the upright image
 * @param visibility as COCO numbers it
 */
public record Keypoint(String name, double x, double y, Visibility visibility) {

    /** COCO's {@code v}: 0, 1, 2. */
    public enum Visibility {
        UNLABELLED(0),
        HIDDEN(1),
        VISIBLE(2);

        private final int number;

        Visibility(int number) {
            this.number = number;
        }

        /** As COCO writes it. */
        public int number() {
            return number;
        }

        /** The constant of a number; numbers out of range are taken as the nearest. */
        public static Visibility of(int number) {
            return number <= 0 ? UNLABELLED : number == 1 ? HIDDEN : VISIBLE;
        }
    }

    public Keypoint {
        Shape.requireFinite("keypoint", x, y);
    }
}
