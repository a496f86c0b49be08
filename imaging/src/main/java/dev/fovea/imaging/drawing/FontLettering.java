package dev.fovea.imaging.drawing;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.image.BufferedImage;

/** The system's sans-serif font, drawn by Java; characters that it lacks become a question mark. */
final class FontLettering implements Lettering {

    private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

    private final Font font;

    /** Throws what Java throws when it finds no fonts. */
    FontLettering() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // else a Mac shows the program among its windows
        }
        font = new Font(Font.SANS_SERIF, Font.BOLD, 12);
        write("A", 12);
    }

    @Override
    public Stencil write(String text, int size) {
        Font sized = font.deriveFont((float) size);
        String shown = shown(text, sized);
        LineMetrics metrics = sized.getLineMetrics(shown, SMOOTH);
        int width =
                Math.max(1, (int) Math.ceil(sized.getStringBounds(shown, SMOOTH).getWidth()));
        int height = (int) Math.ceil(metrics.getAscent() + metrics.getDescent());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setFont(sized);
            graphics.drawString(shown, 0, metrics.getAscent());
        } finally {
            graphics.dispose();
        }
        int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] cover = new byte[argb.length];
        for (int i = 0; i < argb.length; i++) {
            cover[i] = (byte) (argb[i] >>> 24);
        }
        return new Stencil(width, height, cover);
    }

    private static String shown(String text, Font font) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().map(point -> font.canDisplay(point) ? point : '?').forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
