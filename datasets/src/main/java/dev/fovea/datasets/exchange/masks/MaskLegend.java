package dev.fovea.datasets.exchange.masks;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.datasets.formats.YoloLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the numbers and colours of masks mean: {@code labelmap.txt}, or a list of names, one a line.
 *
 * @param numbers names by number from 1; number 0 is background, also where a list does not begin with it
 * @param colours numbers by colour, {@code 0xRRGGBB}
 */
record MaskLegend(Map<Integer, String> numbers, Map<Integer, Integer> colours) {

    /** The number of pixels that belong to nothing. */
    static final int BACKGROUND = 0;

    private static final String BACKGROUND_NAME = "background";

    private static final Pattern LABEL_MAP = Pattern.compile("(.+):(?:(\\d+),(\\d+),(\\d+))?:[^:]*:[^:]*");

    static MaskLegend of(ImageIndex index) {
        MaskLegend legend = new MaskLegend(new HashMap<>(), new HashMap<>());
        index.files("txt").stream()
                .filter(file -> file.getFileName()
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .matches("label_?map\\.txt|classes\\.txt|labels\\.txt"))
                .findFirst()
                .ifPresent(legend::read);
        return legend;
    }

    private void read(Path file) {
        List<String> names = new ArrayList<>();
        Map<Integer, Integer> positions = new HashMap<>();
        for (String line : YoloLabels.lines(file)) {
            Matcher match = LABEL_MAP.matcher(line);
            if (match.matches()) {
                names.add(ClassName.of(match.group(1), file.toString()));
                positions.put(colour(match, names.size() - 1), names.size() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                names.add(ClassName.of(line.strip(), file.toString()));
            }
        }
        boolean hasBackground = !names.isEmpty() && names.getFirst().equalsIgnoreCase(BACKGROUND_NAME);
        int first = hasBackground ? 0 : 1;
        for (int i = 0; i < names.size(); i++) {
            numbers.put(i + first, names.get(i));
        }
        numbers.put(BACKGROUND, BACKGROUND_NAME);
        positions.forEach((colour, position) -> colours.put(colour, position + first));
    }

    /** As stated, else the colour that Pascal VOC gives to the number. */
    private static int colour(Matcher match, int number) {
        byte[] voc = PalettePng.vocColours();
        int[] parts = new int[3];
        for (int i = 0; i < 3; i++) {
            parts[i] = match.group(2) == null
                    ? voc[(3 * number + i) % voc.length] & 0xff
                    : Integer.parseInt(match.group(2 + i));
        }
        return (parts[0] << 16) | (parts[1] << 8) | parts[2];
    }

    /** The classes in order, without background. */
    List<String> names() {
        return numbers.entrySet().stream()
                .filter(entry -> entry.getKey() != BACKGROUND)
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The name of a number; the number itself where there is no list. */
    Optional<String> name(int number) {
        return numbers.isEmpty() ? Optional.of(Integer.toString(number)) : Optional.ofNullable(numbers.get(number));
    }
}
