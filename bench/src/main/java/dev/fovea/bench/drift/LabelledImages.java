package dev.fovea.bench.drift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Image files with their classes; the last class is the one that a model does not know.
 *
 * @param names of the classes
 */
record LabelledImages(List<String> names, List<LabelledFile> files) {

    /** A file and the number of its class. */
    record LabelledFile(Path file, int label) {}

    LabelledImages {
        names = List.copyOf(names);
        files = List.copyOf(files);
    }

    /** A folder of each class. */
    static LabelledImages folders(Path folder, String unknown) throws IOException {
        return byName(
                images(folder), file -> file.getName(file.getNameCount() - 2).toString(), unknown);
    }

    /** The class is in front of the last underscore of a file's name. */
    static LabelledImages prefixes(Path folder, String unknown) throws IOException {
        return byName(
                images(folder),
                file -> {
                    String name = file.getFileName().toString();
                    return name.substring(0, name.lastIndexOf('_'));
                },
                unknown);
    }

    /** Without classes: as many groups of files that follow each other by name, folder after folder. */
    static LabelledImages groups(int count, Path... folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            files.addAll(images(folder));
        }
        return new LabelledImages(
                IntStream.range(0, count).mapToObj(group -> "group " + group).toList(),
                IntStream.range(0, files.size())
                        .mapToObj(i -> new LabelledFile(files.get(i), i * count / files.size()))
                        .toList());
    }

    private interface Naming {
        String of(Path file);
    }

    private static LabelledImages byName(List<Path> files, Naming naming, String unknown) {
        Map<String, List<Path>> byName =
                files.stream().collect(Collectors.groupingBy(naming::of, TreeMap::new, Collectors.toList()));
        List<String> names = new ArrayList<>(byName.keySet());
        names.remove(unknown);
        names.add(unknown);
        List<LabelledFile> labelled = new ArrayList<>();
        byName.forEach((name, own) -> own.forEach(file -> labelled.add(new LabelledFile(file, names.indexOf(name)))));
        return new LabelledImages(names, labelled);
    }

    private static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
        }
    }

    /** Every second file of each class, from the first or the second one on. */
    LabelledImages half(int first) {
        int[] seen = new int[names.size()];
        return new LabelledImages(
                names,
                files.stream().filter(file -> seen[file.label()]++ % 2 == first).toList());
    }

    /** The number of the class that the model does not know. */
    int unknown() {
        return names.size() - 1;
    }
}
