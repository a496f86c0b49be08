package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contract.Orientation;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Limits;
import dev.fovea.imaging.PictureSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of pictures and one of label files as YOLO tools lay them out: {@code NAME.jpg} and {@code NAME.txt}. A
 * picture without a label file shows nothing; a label file without a picture is an error. Hidden files and
 * {@code classes.txt} are left alone. Every error is {@code DATASET_INVALID} and names the file.
 */
public final class YoloFolder {

    private YoloFolder() {}

    /**
     * Reads both folders, ordered by the pictures' names. Only headers of pictures are read.
     *
     * @param classes how many there are; labels are 0 to one less
     */
    public static List<LabelledBoxes> read(Path pictures, Path labels, int classes) {
        SortedMap<String, Path> pictureFiles = byName(pictures);
        SortedMap<String, Path> labelFiles = byName(labels);
        labelFiles.remove("classes");
        for (Path file : labelFiles.values()) {
            if (!file.toString().endsWith(".txt")) {
                throw FolderReader.invalid(
                        "%s is not a label file, whose name ends in .txt. Move it elsewhere.".formatted(file));
            }
            if (!pictureFiles.containsKey(stem(file))) {
                throw FolderReader.invalid(
                        "The label file %s has no picture of that name in %s. Add it or remove the file."
                                .formatted(file, pictures));
            }
        }
        Decoder decoder = new Decoder(Limits.DEFAULT);
        List<LabelledBoxes> read = new ArrayList<>();
        pictureFiles.forEach((name, picture) -> {
            PictureSize size = size(decoder, picture);
            Path file = labelFiles.get(name);
            read.add(new LabelledBoxes(picture, size, file == null ? List.of() : YoloLabels.read(file, size, classes)));
        });
        return read;
    }

    private static PictureSize size(Decoder decoder, Path picture) {
        try {
            return PictureSize.of(decoder.header(Files.readAllBytes(picture)), Orientation.EXIF);
        } catch (IOException e) {
            throw new FoveaException(ErrorCode.DATASET_INVALID, "The picture %s cannot be read.".formatted(picture), e);
        } catch (FoveaException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "%s is no picture: %s".formatted(picture, e.getMessage()), e);
        }
    }

    private static SortedMap<String, Path> byName(Path folder) {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.sorted().toList()) {
                if (Files.isHidden(file)) {
                    continue;
                }
                Path other = files.put(stem(file), file);
                if (other != null) {
                    throw FolderReader.invalid(
                            "%s and %s have the same name before the dot. Rename one.".formatted(other, file));
                }
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The folder %s cannot be read. Check the path and its permissions.".formatted(folder),
                    e);
        }
        return files;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
