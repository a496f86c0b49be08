package dev.fovea.bench.anomaly;

import dev.fovea.bench.BenchReport;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Images in the layout of {@code fovea train --anomaly}.
 *
 * @param folder good images, defects and masks where there are some
 */
record AnomalySet(String name, Path folder) {

    private static final int HELD_OUT = 4;
    private static final int FABRIC_GOOD = 150;
    private static final int FABRIC_DEFECTS = 60;

    /** All sets that there are data for, written below a directory. */
    static List<AnomalySet> all(Path directory) throws IOException {
        List<AnomalySet> sets = new ArrayList<>();
        boards(directory).ifPresent(sets::add);
        sets.add(fabric(directory));
        return sets;
    }

    /**
     * Templates of circuit boards are good; the boards themselves have defects in boxes. Every fourth board is held
     * out: a board whose template was learned from would score lower than a template that was not.
     */
    private static Optional<AnomalySet> boards(Path directory) throws IOException {
        Path data = Path.of(System.getProperty("fovea.bench.data", ""), "deeppcb-120");
        if (!Files.isDirectory(data)) {
            BenchReport.say("skipped: no %s".formatted(data));
            return Optional.empty();
        }
        Path folder = directory.resolve("boards");
        Path learned = Files.createDirectories(folder.resolve("train").resolve("good"));
        Path good = Files.createDirectories(folder.resolve("test").resolve("good"));
        Path defect = Files.createDirectories(folder.resolve("test").resolve("defect"));
        Path masks = Files.createDirectories(folder.resolve("ground_truth").resolve("defect"));
        List<String> names = names(data);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean held = i % HELD_OUT == 0;
            copy(data.resolve(name + "_temp.jpg"), (held ? good : learned).resolve(name + ".jpg"));
            if (held) {
                Path board = copy(data.resolve(name + "_test.jpg"), defect.resolve(name + ".jpg"));
                mask(data.resolve(name + ".txt"), board, masks.resolve(name + "_mask.png"));
            }
        }
        return Optional.of(new AnomalySet("boards", folder));
    }

    private static List<String> names(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .map(name -> name.replace(".txt", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        return Files.write(to, Files.readAllBytes(from));
    }

    /** Boxes {@code x1 y1 x2 y2 type} as a mask. */
    private static void mask(Path boxes, Path board, Path to) throws IOException {
        BufferedImage image = ImageIO.read(board.toFile());
        BufferedImage mask = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(Color.WHITE);
        for (String line : Files.readAllLines(boxes)) {
            String[] fields = line.strip().split("[ ,]+");
            if (fields.length >= 4) {
                int x = Integer.parseInt(fields[0]);
                int y = Integer.parseInt(fields[1]);
                graphics.fillRect(x, y, Integer.parseInt(fields[2]) - x, Integer.parseInt(fields[3]) - y);
            }
        }
        graphics.dispose();
        ImageIO.write(mask, "png", to.toFile());
    }

    /** Drawn cloth; holes and tears are defects. */
    private static AnomalySet fabric(Path directory) throws IOException {
        Path folder = directory.resolve("fabric");
        for (FabricClass kind : FabricClass.values()) {
            Path of = Files.createDirectories(folder.resolve(kind == FabricClass.NONE ? "good" : kind.label()));
            int count = kind == FabricClass.NONE ? FABRIC_GOOD : FABRIC_DEFECTS / 2;
            for (int i = 0; i < count; i++) {
                Files.write(of.resolve(i + ".jpg"), Fabric.jpeg(kind, i, Fabric.Conditions.USUAL));
            }
        }
        return new AnomalySet("fabric", folder);
    }
}
