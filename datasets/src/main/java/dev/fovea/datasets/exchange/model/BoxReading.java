package dev.fovea.datasets.exchange.model;

import dev.fovea.datasets.annotation.Shape.BoxShape;

/** What the four numbers of a box mean. */
public enum BoxReading {
    /** Left, upper, width, height. */
    XYWH,
    /** Left, upper, right, lower. */
    XYXY,
    /** Centre, width, height. */
    CXCYWH;

    /** The box; {@code IllegalArgumentException} when an extent is negative or a number is not finite. */
    public BoxShape box(double a, double b, double c, double d) {
        return switch (this) {
            case XYWH -> new BoxShape(a, b, c, d);
            case XYXY -> new BoxShape(a, b, c - a, d - b);
            case CXCYWH -> new BoxShape(a - c / 2, b - d / 2, c, d);
        };
    }
}
