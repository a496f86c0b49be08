package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.Split;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The names of images below the folder that holds them: without the folders up to the last one that belongs to the
 * layout, such as {@code images/train}.
 */
public final class ImageNames {

    private static final Set<String> LAYOUT =
            Set.of("images", "jpegimages", "image", "imgs", "img", "data", "annotations", "labels", "default");

    private final Path root;

    /** Names below a folder. */
    public ImageNames(Path root) {
        this.root = root;
    }

    /** The name of a file, with {@code /} between its parts. */
    public String of(Path file) {
        Path relative = root.relativize(file);
        int from = 0;
        for (int i = 0; i < relative.getNameCount() - 1; i++) {
            String part = relative.getName(i).toString();
            if (LAYOUT.contains(part.toLowerCase(Locale.ROOT))
                    || part.matches("obj_(\\w+_)?data") // Darknet
                    || Split.ofFolder(part.replaceFirst("\\d+$", "")).isPresent()) {
                from = i + 1;
            }
        }
        return relative.subpath(from, relative.getNameCount()).toString().replace('\\', '/');
    }
}
