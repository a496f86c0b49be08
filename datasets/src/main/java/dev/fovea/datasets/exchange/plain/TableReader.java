package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.datasets.formats.LabelTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tables that name images: a label, several rows or a 0/1 column per class for each, or a box in each row. A column
 * {@code split} or the name of the file gives the split.
 */
public final class TableReader implements FormatReader {

    private static final int TRIED = 20;

    private final FormatFolder folder;
    private final List<CsvRows> tables;

    private TableReader(FormatFolder folder, List<CsvRows> tables) {
        this.folder = folder;
        this.tables = tables;
    }

    /** Recognises a folder by tables with a column of images that are there. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<CsvRows> tables = Stream.concat(folder.files("csv").stream(), folder.files("tsv").stream())
                .map(CsvRows::of)
                .filter(table -> isOfImages(table, folder.index()))
                .toList();
        return tables.isEmpty() ? Optional.empty() : Optional.of(new TableReader(folder, tables));
    }

    private static boolean isOfImages(CsvRows table, ImageIndex index) {
        int image = table.column(LabelTable.IMAGE);
        if (image < 0 || table.head().size() < 2) {
            return false;
        }
        List<String> names = new ArrayList<>();
        table.forEach(new FindingCounter(), (line, row) -> {
            if (names.size() < TRIED) {
                names.add(CsvRows.cell(row, image).strip());
            }
        });
        return names.stream()
                .anyMatch(name -> !name.isEmpty()
                        && index.named(name, table.file())
                                .or(() -> index.nearest(name, table.file()))
                                .isPresent());
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.TABLE;
    }

    @Override
    public List<ExchangeClass> classes() {
        return List.of();
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        return tables.stream().flatMap(table -> images(table, findings));
    }

    private Stream<StatedImage> images(CsvRows table, FindingCounter findings) {
        ImageLookup lookup = new ImageLookup(folder.index(), findings);
        Map<Path, TableRows> byImage = new LinkedHashMap<>();
        TableColumns columns = TableColumns.of(table);
        Split ofFile = ImageIndex.splitOf(ImageIndex.stem(table.file())).orElse(Split.UNASSIGNED);
        table.forEach(findings, (line, row) -> {
            TextPlace place = new TextPlace(table.file(), line);
            String name = CsvRows.cell(row, columns.image()).strip();
            Optional<Path> image = folder.index().nearest(name, table.file()).filter(found -> !name.isEmpty());
            image = image.isPresent() ? image : lookup.named(name, place);
            image.ifPresent(file -> byImage.computeIfAbsent(file, absent -> new TableRows(columns, place))
                    .add(row, place));
        });
        return byImage.entrySet().stream()
                .map(entry -> entry.getValue()
                        .image(
                                entry.getKey(),
                                split -> ImageIndex.splitOf(split)
                                        .or(() -> Optional.of(ofFile))
                                        .filter(found -> found != Split.UNASSIGNED)
                                        .orElseGet(() -> folder.index().split(entry.getKey())),
                                findings));
    }
}
