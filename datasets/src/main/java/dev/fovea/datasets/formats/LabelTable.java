package dev.fovea.datasets.formats;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.FolderReader.Listing;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.SkippedFile;
import dev.fovea.datasets.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A CSV file with the label of each image. It has columns such as {@code image,label}, or a 0/1 column per class (ISIC,
 * Roboflow's {@code _classes.csv}). A column {@code split} or the file name {@code train.csv} gives the split.
 */
public final class LabelTable {

    /** Names of the column of images. */
    public static final Set<String> IMAGE = Set.of(
            "image",
            "images",
            "image_id",
            "image_name",
            "imagename",
            "image_path",
            "imagepath",
            "filename",
            "file_name",
            "file",
            "filepath",
            "file_path",
            "path",
            "img",
            "img_path",
            "id",
            "photo");
    /** Names of the column of labels. */
    public static final Set<String> LABEL = Set.of(
            "label",
            "labels",
            "class",
            "class_name",
            "classname",
            "category",
            "target",
            "species",
            "diagnosis",
            "dx",
            "breed",
            "tag",
            "y");
    /** Names of the column of splits. */
    public static final Set<String> SPLIT = Set.of("split", "set", "subset", "fold");

    private final ImageIndex index;
    private final Path file;
    private final List<List<String>> rows;
    private final List<String> head;
    private final List<FoundFile> found = new ArrayList<>();
    private int missing;

    private LabelTable(ImageIndex index, Path file, List<List<String>> rows) {
        this.index = index;
        this.file = file;
        boolean headless = !rows.isEmpty() && image(rows.getFirst().getFirst()).isPresent();
        this.head = headless
                ? List.of("image", "label")
                : rows.isEmpty()
                        ? List.of()
                        : rows.getFirst().stream()
                                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                                .toList();
        this.rows = headless || rows.isEmpty() ? rows : rows.subList(1, rows.size());
    }

    /** The labels that tables of a folder name; empty when no table names images that are there. */
    static Optional<ClassificationFolder> of(ImageIndex index) {
        List<FoundFile> found = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Path> files = new ArrayList<>(index.files("csv"));
        files.addAll(index.files("tsv"));
        for (Path file : files) {
            LabelTable table = new LabelTable(index, file, rows(file));
            if (table.read()) {
                found.addAll(table.found);
                notes.add("Labels were read from %s: %,d images%s."
                        .formatted(
                                index.relative(file),
                                table.found.size(),
                                table.missing == 0 ? "" : ", and %,d rows of missing images".formatted(table.missing)));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(labelled(index, found, notes));
    }

    static ClassificationFolder labelled(ImageIndex index, List<FoundFile> found, List<String> notes) {
        Set<Path> named = new HashSet<>();
        found.forEach(each -> named.add(each.file()));
        List<SkippedFile> skipped = index.images().stream()
                .filter(image -> !named.contains(image))
                .map(image -> new SkippedFile(index.relative(image), "has no label"))
                .toList();
        boolean divided = found.stream().anyMatch(each -> each.split() == Split.TRAIN);
        found.sort(Comparator.comparing(FoundFile::path));
        return new ClassificationFolder.Labelled(new Listing(divided, found, skipped), notes);
    }

    /** Any number of labels per image; empty when no table has them. */
    static Optional<LabelSets> sets(ImageIndex index, List<String> labels) {
        List<LabelSets.LabelSet> entries = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Path> files = new ArrayList<>(index.files("csv"));
        files.addAll(index.files("tsv"));
        for (Path file : files) {
            List<LabelSets.LabelSet> found = new LabelTable(index, file, rows(file)).sets(labels);
            if (!found.isEmpty()) {
                entries.addAll(found);
                notes.add("Labels were read from %s.".formatted(index.relative(file)));
            }
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(new LabelSets(entries, notes));
    }

    private List<LabelSets.LabelSet> sets(List<String> labels) {
        int image = column(IMAGE);
        int label = column(LABEL);
        boolean isMarked = labels.stream().anyMatch(name -> columnOf(name) >= 0);
        List<LabelSets.LabelSet> entries = new ArrayList<>();
        if (image < 0 || (label < 0 && !isMarked)) {
            return entries;
        }
        int splitColumn = column(SPLIT);
        Split ofFile = ImageIndex.splitOf(ImageIndex.stem(file)).orElse(Split.UNASSIGNED);
        for (List<String> row : rows) {
            Optional<Path> path = cell(row, image).flatMap(this::image);
            if (path.isPresent()) {
                Split split = splitColumn < 0
                        ? ofFile
                        : cell(row, splitColumn).flatMap(ImageIndex::splitOf).orElse(ofFile);
                entries.add(new LabelSets.LabelSet(
                        path.get(),
                        isMarked ? marked(row, labels) : listed(row, label, labels),
                        split == Split.UNASSIGNED ? index.split(path.get()) : split));
            }
        }
        return entries;
    }

    /** Labels whose columns contain a 1. */
    private Set<String> marked(List<String> row, List<String> labels) {
        Set<String> marked = new HashSet<>();
        for (String label : labels) {
            int column = columnOf(label);
            if (column >= 0
                    && cell(row, column)
                            .filter(value -> value.matches("1(\\.0*)?"))
                            .isPresent()) {
                marked.add(label);
            }
        }
        return marked;
    }

    /** Labels of one cell, apart by commas, semicolons or bars. */
    private static Set<String> listed(List<String> row, int column, List<String> labels) {
        Set<String> listed = new HashSet<>();
        for (String name : cell(row, column).orElse("").split("[,;|]")) {
            labels.stream().filter(name.strip()::equals).forEach(listed::add);
        }
        return listed;
    }

    private int columnOf(String label) {
        return head.indexOf(label.strip().toLowerCase(Locale.ROOT));
    }

    private boolean read() {
        int image = column(IMAGE);
        if (image < 0 || rows.isEmpty()) {
            return false;
        }
        int label = column(LABEL);
        int splitColumn = column(SPLIT);
        Split ofFile = ImageIndex.splitOf(ImageIndex.stem(file)).orElse(Split.UNASSIGNED);
        for (List<String> row : rows) {
            Optional<String> name = label >= 0 ? cell(row, label) : marked(row, image, splitColumn);
            Optional<Path> path = cell(row, image).flatMap(this::image);
            if (path.isEmpty()) {
                missing++;
            } else if (name.isPresent()) {
                Split split = splitColumn < 0
                        ? ofFile
                        : cell(row, splitColumn).flatMap(ImageIndex::splitOf).orElse(ofFile);
                split = split == Split.UNASSIGNED ? index.split(path.get()) : split;
                found.add(new FoundFile(
                        path.get(), index.relative(path.get()), ClassName.of(name.get(), file.toString()), split));
            }
        }
        return found.size() > missing;
    }

    private int column(Set<String> names) {
        return IntStream.range(0, head.size())
                .filter(i -> names.contains(head.get(i)))
                .findFirst()
                .orElse(-1);
    }

    /** The class whose column alone contains a 1. */
    private Optional<String> marked(List<String> row, int image, int splitColumn) {
        int marked = -1;
        for (int i = 0; i < Math.min(head.size(), row.size()); i++) {
            String value = row.get(i).strip();
            if (i == image || i == splitColumn || value.matches("0(\\.0*)?")) {
                continue;
            }
            if (!value.matches("1(\\.0*)?") || marked >= 0) {
                return Optional.empty();
            }
            marked = i;
        }
        return marked < 0 ? Optional.empty() : Optional.of(head.get(marked));
    }

    private static Optional<String> cell(List<String> row, int column) {
        return column < row.size() && !row.get(column).isBlank()
                ? Optional.of(row.get(column).strip())
                : Optional.empty();
    }

    private Optional<Path> image(String name) {
        if (name.isBlank() || name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return index.named(name.strip(), file).or(() -> index.nearest(name.strip(), file));
    }

    /** RFC 4180, or the same with semicolons or tabs; a field does not go over the end of its line. */
    private static List<List<String>> rows(Path file) {
        List<String> lines = YoloLabels.lines(file);
        if (lines.isEmpty()) {
            return List.of();
        }
        String first = lines.getFirst();
        char separator =
                first.indexOf('\t') >= 0 ? '\t' : first.indexOf(',') < 0 && first.indexOf(';') >= 0 ? ';' : ',';
        return lines.stream()
                .filter(line -> !line.isBlank())
                .map(line -> CsvFields.of(line, separator))
                .toList();
    }
}
