package dev.fovea.bench.drift;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What happens to traffic. */
enum SimulatedChange {
    DARKER,
    BLURRED,
    COMPRESSED,
    CAMERA,
    /** 5 % of the images are of a class that the model does not know. */
    NEW_CLASS,
    /** A class has 10 points more of the images. */
    LABEL_SHIFT;

    private static final double NEW_CLASS_SHARE = 0.05;
    private static final double SHIFTED_POINTS = 0.1;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Makes it happen from now on.
     *
     * @param pools by change
     * @param run decides which class shifts
     */
    void happen(SimulatedTraffic traffic, Map<PixelChange, ImagePool> pools, double[][] strangers, int run) {
        switch (this) {
            case DARKER -> traffic.change(pool(pools, PixelChange.DARKER));
            case BLURRED -> traffic.change(pool(pools, PixelChange.BLURRED));
            case COMPRESSED -> traffic.change(pool(pools, PixelChange.COMPRESSED));
            case CAMERA -> traffic.change(pool(pools, PixelChange.CAMERA));
            case NEW_CLASS -> traffic.mixIn(strangers, NEW_CLASS_SHARE);
            case LABEL_SHIFT ->
                traffic.shift(run % pool(pools, PixelChange.NONE).classes(), SHIFTED_POINTS);
        }
    }

    private static ImagePool pool(Map<PixelChange, ImagePool> pools, PixelChange change) {
        return Objects.requireNonNull(pools.get(change));
    }
}
