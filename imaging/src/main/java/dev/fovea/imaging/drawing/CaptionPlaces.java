package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import java.util.ArrayList;
import java.util.List;

/** Finds a place for each caption of an image, so that they cover each other only when there is no room. */
final class CaptionPlaces {

    /** Maximum number of positions tried below the first. */
    private static final int LINES = 8;

    private final ImageSize image;
    private final List<Box> taken = new ArrayList<>();

    CaptionPlaces(ImageSize image) {
        this.image = image;
    }

    /**
     * Candidate positions in order: above the object, at its upper edge, below it, at its lower edge, then line by line
     * downwards. All are within the image.
     */
    Box place(Box thing, int width, int height) {
        Box chosen = choices(thing, width, height).stream()
                .filter(choice -> taken.stream().allMatch(other -> choice.overlap(other) == 0))
                .findFirst()
                .orElseGet(() -> at(thing.x1(), thing.y1() - height, width, height));
        taken.add(chosen);
        return chosen;
    }

    private List<Box> choices(Box thing, int width, int height) {
        List<Box> choices = new ArrayList<>();
        for (double left : new double[] {thing.x1(), thing.x2() - width}) {
            choices.add(at(left, thing.y1() - height, width, height));
            choices.add(at(left, thing.y1(), width, height));
            choices.add(at(left, thing.y2(), width, height));
            choices.add(at(left, thing.y2() - height, width, height));
        }
        for (int line = 1; line <= LINES; line++) {
            choices.add(at(thing.x1(), thing.y1() + line * height, width, height));
        }
        return choices;
    }

    private Box at(double left, double top, int width, int height) {
        float x = (float) Math.rint(Math.clamp(left, 0, Math.max(0.0, image.width() - width)));
        float y = (float) Math.rint(Math.clamp(top, 0, Math.max(0.0, image.height() - height)));
        return new Box(x, y, x + width, y + height);
    }
}
