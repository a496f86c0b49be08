package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;

/** A mask turned upright, or scaled by the nearest pixel. Pure. */
final class MaskTransform {

    private MaskTransform() {}

    static MaskShape apply(MaskShape stated, FrameTransform transform) {
        ImageSize upright = transform.upright();
        Mask mask = stated.mask();
        if (stated.size().equals(upright) && transform.orientation() == 1) {
            return MaskShape.of(mask);
        }
        boolean isScaled = transform.scaleX() != 1 || transform.scaleY() != 1;
        if (!stated.size().equals(transform.framed()) && !isScaled) {
            throw new IllegalArgumentException("a mask of %d×%d pixels on an image of %d×%d"
                    .formatted(
                            stated.size().width(),
                            stated.size().height(),
                            transform.framed().width(),
                            transform.framed().height()));
        }
        boolean[] pixels = bitmap(mask);
        int width = stated.size().width();
        int height = stated.size().height();
        ImageSize framed = transform.framed();
        boolean[] turned = new boolean[upright.width() * upright.height()];
        FrameTransform turn = new FrameTransform(1, 1, transform.orientation(), framed);
        for (int x = 0; x < framed.width(); x++) {
            for (int y = 0; y < framed.height(); y++) {
                int fromX = (int) ((x + 0.5) * width / framed.width());
                int fromY = (int) ((y + 0.5) * height / framed.height());
                if (pixels[fromX * height + fromY]) {
                    double[] at = turn.point(x + 0.5, y + 0.5);
                    int column = (int) at[0];
                    turned[column * upright.height() + (int) at[1]] = true;
                }
            }
        }
        return MaskShape.of(mask(turned, upright));
    }

    private static boolean[] bitmap(Mask mask) {
        boolean[] pixels = new boolean[mask.size().width() * mask.size().height()];
        int at = 0;
        int[] runs = mask.runs();
        for (int i = 0; i < runs.length; at += runs[i++]) {
            if (i % 2 == 1) {
                java.util.Arrays.fill(pixels, at, at + runs[i], true);
            }
        }
        return pixels;
    }

    private static Mask mask(boolean[] pixels, ImageSize size) {
        MaskBuilder builder = new MaskBuilder(size);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i]) {
                int from = i;
                while (i < pixels.length && pixels[i]) {
                    i++;
                }
                builder.add(from, i - from);
            }
        }
        return builder.build();
    }
}
