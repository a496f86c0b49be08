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
 * @param numbers names by number; number 0 is background where a list does not begin with it
 * @param colours names by colour, {@code 0xRRGGBB}
 */
record MaskLegend(Map<Integer, String> numbers, Map<Integer, String> colours) {

    /** The name of pixels that belong to nothing. */
    static final String BACKGROUND = "background";

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
        for (String line : YoloLabels.lines(file)) {
            Matcher match = LABEL_MAP.matcher(line);
            if (match.matches()) {
                names.add(ClassName.of(match.group(1), file.toString()));
                colours.put(colour(match, names.size() - 1), names.getLast());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                names.add(ClassName.of(line.strip(), file.toString()));
            }
        }
        boolean hasBackground = !names.isEmpty() && names.getFirst().equalsIgnoreCase(BACKGROUND);
        for (int i = 0; i < names.size(); i++) {
            numbers.put(hasBackground ? i : i + 1, i == 0 && hasBackground ? BACKGROUND : names.get(i));
        }
        numbers.putIfAbsent(0, BACKGROUND);
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
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .filter(name -> !name.equals(BACKGROUND))
                .toList();
    }

    /** The name of a number; the number itself where there is no list. */
    Optional<String> name(int number) {
        if (numbers.isEmpty()) {
            return Optional.of(number == 0 ? BACKGROUND : Integer.toString(number));
        }
        return Optional.ofNullable(numbers.get(number));
    }
}
