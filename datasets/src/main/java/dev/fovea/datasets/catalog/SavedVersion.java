package dev.fovea.datasets.catalog;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of a data set.
 *
 * @param number from 1, in the order of saving
 * @param id hash of its content, 64 hexadecimal digits: equal content has an equal id
 * @param root of its tree
 * @param question as it was
 * @param classes as they were
 * @param note why, who and when
 * @param items number of images
 * @param labelled number of labelled images
 */
public record SavedVersion(
        int number,
        String id,
        ContentHash root,
        LabelQuestion question,
        List<ClassDefinition> classes,
        VersionNote note,
        long items,
        long labelled) {

    private static final Json JSON = Json.of("version", ErrorCode.STORAGE_FAILED);

    /**
     * Why a version was saved.
     *
     * @param message in words
     * @param author who
     * @param created when
     */
    public record VersionNote(String message, String author, Instant created) {}

    /** What is not stated is left out. */
    private record Identity(ImageTask task, Optional<LabelQuestion> question, List<NamedClass> classes, String root) {}

    private record NamedClass(
            String name, String definition, Optional<List<String>> examples, Optional<List<String>> counterExamples) {}

    public SavedVersion {
        classes = List.copyOf(classes);
    }

    /** The id of the content with that root. */
    public static String idOf(ImageTask task, LabelQuestion question, List<ClassDefinition> classes, ContentHash root) {
        return ContentHash.ofText(JSON.write(new Identity(
                        task,
                        Optional.of(question).filter(each -> !each.equals(LabelQuestion.EMPTY)),
                        classes.stream().map(SavedVersion::identity).toList(),
                        root.toString())))
                .toString();
    }

    private static NamedClass identity(ClassDefinition definition) {
        return new NamedClass(
                definition.name(),
                definition.definition(),
                Optional.of(definition.examples()).filter(images -> !images.isEmpty()),
                Optional.of(definition.counterExamples()).filter(images -> !images.isEmpty()));
    }
}
