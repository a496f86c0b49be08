package dev.fovea.bench.decode;

import dev.fovea.bench.BenchReport;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.json.PreprocessingContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every file of a folder decoded by Fovea and by Pillow, in the Python that {@code FOVEA_PEER_PYTHON} names (with
 * pillow and numpy from PyPI). Exits with 1 when a file that both read differs by more than 1.0 in the mean.
 */
final class DecodeCheck {

    private static final double BAR = 1;

    /** The result for a file. */
    private enum Outcome {
        EQUAL("equal to the byte"),
        NEAR("within 1.0 in the mean"),
        READ_BY_US("read by us only"),
        REFUSED_BY_BOTH("refused by both"),
        REFUSED("refused by us only"),
        DIFFERENT("SILENT DIFFERENCE");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final Map<Outcome, List<String>> found = new EnumMap<>(Outcome.class);

    private DecodeCheck() {}

    /** {@code FOLDER...}. */
    public static void main(String[] arguments) throws IOException {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null || arguments.length == 0) {
            System.err.println("Usage: bench/run decode-check FOLDER...\n"
                    + "Set FOVEA_PEER_PYTHON to a Python that has pillow and numpy, such as venv/bin/python.");
            System.exit(2);
            return;
        }
        Path script = Path.of(System.getProperty("fovea.root"), "bench/src/main/python/decode_peer.py");
        DecodeCheck check = new DecodeCheck();
        try (PillowPeer pillow = PillowPeer.start(python, script)) {
            BenchReport.say("Pillow " + pillow.version());
            for (String folder : arguments) {
                check.folder(Path.of(folder), pillow);
            }
        }
        System.exit(check.report() ? 0 : 1);
    }

    private void folder(Path folder, PillowPeer pillow) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            compare(file, folder.relativize(file).toString(), pillow.decode(file));
        }
    }

    private void compare(Path file, String name, PillowPeer.Prediction prediction) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (Image image = decoder.decode(bytes)) {
            switch (prediction) {
                case PillowPeer.Undecoded(String why) -> note(Outcome.READ_BY_US, name + ": " + why);
                case PillowPeer.Pixels pixels -> compare(name, image, pixels);
            }
        } catch (FoveaException e) {
            boolean both = prediction instanceof PillowPeer.Undecoded;
            note(
                    both ? Outcome.REFUSED_BY_BOTH : Outcome.REFUSED,
                    "%s: %s %s".formatted(name, e.code(), e.getMessage()));
        }
    }

    private void compare(String name, Image image, PillowPeer.Pixels pixels) {
        if (image.width() != pixels.width() || image.height() != pixels.height()) {
            note(
                    Outcome.DIFFERENT,
                    "%s: %d×%d, Pillow %d×%d"
                            .formatted(name, image.width(), image.height(), pixels.width(), pixels.height()));
            return;
        }
        double over = difference(seen(image, "#ffffff"), pixels.overWhite());
        double dropped = difference(seen(image, "drop"), pixels.dropped());
        double max = Math.max(over, dropped);
        Outcome outcome = max == 0 ? Outcome.EQUAL : max <= BAR ? Outcome.NEAR : Outcome.DIFFERENT;
        note(outcome, "%s: %s, %.3f over white, %.3f dropped".formatted(name, pixels.format(), over, dropped));
    }

    /** Red, green, blue as a network sees them; where an edge is too long for a contract, alpha is dropped. */
    private static byte[] seen(Image image, String alpha) {
        if (Math.max(image.width(), image.height()) > Size.MAX_EDGE) {
            return image.toRgbOrGray();
        }
        PreprocessingContract contract =
                PreprocessingContractJson.read("""
            {"color": "RGB", "alpha": "%s",
             "resize": {"fit": "stretch", "size": [%d, %d], "filter": "nearest", "engine": "opencv"}}
            """.formatted(alpha, image.height(), image.width()));
        try (Image seen = new Preprocessor(contract).see(image)) {
            return seen.toRgbOrGray();
        }
    }

    /** Mean absolute difference; the first may be grey. */
    private static double difference(byte[] ours, byte[] rgb) {
        int repeat = rgb.length / ours.length;
        long sum = 0;
        for (int i = 0; i < rgb.length; i++) {
            sum += Math.abs((ours[i / repeat] & 0xff) - (rgb[i] & 0xff));
        }
        return (double) sum / rgb.length;
    }

    private void note(Outcome outcome, String line) {
        found.computeIfAbsent(outcome, o -> new ArrayList<>()).add(line);
    }

    /** Whether no file differs silently. */
    private boolean report() {
        for (Outcome outcome : Outcome.values()) {
            List<String> lines = found.getOrDefault(outcome, List.of());
            if (outcome != Outcome.EQUAL && outcome != Outcome.REFUSED_BY_BOTH) {
                lines.forEach(line -> BenchReport.say("%s  %s".formatted(outcome.words, line)));
            }
        }
        for (Outcome outcome : Outcome.values()) {
            BenchReport.say(
                    "%6d %s".formatted(found.getOrDefault(outcome, List.of()).size(), outcome.words));
        }
        return !found.containsKey(Outcome.DIFFERENT);
    }
}
