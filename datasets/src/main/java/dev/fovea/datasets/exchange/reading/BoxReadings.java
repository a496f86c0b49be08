package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageSize;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts, for each meaning that the four numbers of a box may have, how many boxes do not fit their image. When the
 * meaning that the format states fits badly and another one fits well, the file most likely means the other.
 */
final class BoxReadings {

    private static final int MIN_BOXES = 5;
    private static final int MIN_OUTSIDE = 2;
    private static final double TOLERANCE = 0.01;

    /** A reading must have this many times fewer boxes outside to be likely. */
    private static final int MIN_RATIO = 10;

    /** Boxes of fewer square pixels than this are as good as outside: shares read as pixels. */
    private static final double MIN_AREA = 2;

    private record Candidate(BoxReading reading, boolean pixels) {
        String words() {
            return switch (reading) {
                        case XYWH -> "left, upper, width, height";
                        case XYXY -> "left, upper, right, lower";
                        case CXCYWH -> "centre, width, height";
                    }
                    + (pixels ? " in pixels" : " in shares of the edges");
        }
    }

    private final ReadOptions options;
    private final Map<Candidate, Integer> outside = new LinkedHashMap<>();
    private int boxes;
    private Candidate stated = new Candidate(BoxReading.XYWH, true);
    private String firstOutside = "";

    BoxReadings(ReadOptions options) {
        this.options = options;
        for (BoxReading reading : BoxReading.values()) {
            outside.put(new Candidate(reading, true), 0);
            outside.put(new Candidate(reading, false), 0);
        }
    }

    void add(StatedImage image, ImageSize size) {
        boolean pixels = options.pixels().orElse(image.frame().pixels());
        for (StatedObject object : image.objects()) {
            if (object.shape() instanceof StatedShape.FourNumbers numbers) {
                boxes++;
                stated = new Candidate(options.boxes().orElse(numbers.reading()), pixels);
                outside.replaceAll((candidate, count) -> count + (fits(numbers, candidate, size) ? 0 : 1));
                if (firstOutside.isEmpty() && !fits(numbers, stated, size)) {
                    firstOutside = "%s: %s, %s, %s, %s in %d×%d pixels"
                            .formatted(
                                    object.place(),
                                    numbers.a(),
                                    numbers.b(),
                                    numbers.c(),
                                    numbers.d(),
                                    size.width(),
                                    size.height());
                }
            }
        }
    }

    private static boolean fits(StatedShape.FourNumbers n, Candidate candidate, ImageSize size) {
        double x = candidate.pixels() ? 1 : size.width();
        double y = candidate.pixels() ? 1 : size.height();
        try {
            BoxShape box = candidate.reading().box(n.a() * x, n.b() * y, n.c() * x, n.d() * y);
            return box.width() > 0
                    && box.height() > 0
                    && (!candidate.pixels() || box.width() * box.height() >= MIN_AREA)
                    && ObjectFitting.beyond(box, size) <= TOLERANCE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@code ANNOTATION_INVALID} when another meaning is far more likely. */
    void require() {
        int current = outside.getOrDefault(stated, 0);
        if (boxes < MIN_BOXES || current < MIN_OUTSIDE) {
            return;
        }
        outside.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .filter(best -> best.getValue() * MIN_RATIO <= current)
                .ifPresent(best -> {
                    throw new FoveaException(
                            ErrorCode.ANNOTATION_INVALID,
                            "Of the first %,d boxes, %,d do not fit their image when read as %s, and %,d when read as %s, which is likely what is meant. The first is %s. Read them with %s, or correct the file. Nothing was imported."
                                    .formatted(
                                            boxes,
                                            current,
                                            stated.words(),
                                            best.getValue(),
                                            best.getKey().words(),
                                            firstOutside,
                                            option(best.getKey())));
                });
    }

    private String option(Candidate candidate) {
        String boxes = candidate.reading() == stated.reading()
                ? ""
                : "--boxes=" + candidate.reading().name().toLowerCase(java.util.Locale.ROOT);
        String pixels = candidate.pixels() == stated.pixels() ? "" : "--pixels=" + candidate.pixels();
        return boxes.isEmpty() || pixels.isEmpty() ? boxes + pixels : boxes + " and " + pixels;
    }
}
