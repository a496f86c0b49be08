package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.IngestReport.Group;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.multitask.MultiTaskSpec.TaskFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the folders of several tasks. */
final class TaskIngest {

    private static final int NAMED = 3;

    private final JobTools tools;
    private final MultiTaskListener listener;
    private final List<String> notes = new ArrayList<>();

    TaskIngest(JobTools tools, MultiTaskListener listener) {
        this.tools = tools;
        this.listener = listener;
    }

    /** A folder of one task. */
    record ReadFolder(Path folder, DatasetVersion version, IngestReport report) {}

    /**
     * Reads, divides and keeps the list of all images, and that of each folder.
     *
     * @throws FoveaException {@code DATASET_INVALID}, with the task
     */
    TaskImages read(MultiTaskSpec spec) {
        Map<String, ReadFolder> folders = new LinkedHashMap<>();
        for (TaskFolder task : spec.tasks()) {
            folders.put(task.task(), read(task));
        }
        TaskImages images = TaskImages.of(folders, spec.settings().split());
        images.requireEnough();
        List<String> alone = images.alone();
        if (!alone.isEmpty()) {
            note("No image of %s has a label of another task. %s the network with the others, and no image."
                    .formatted(String.join(", ", alone), alone.size() == 1 ? "The task shares" : "These tasks share"));
        }
        List<IngestReport> reports =
                folders.values().stream().map(ReadFolder::report).toList();
        folders.values().forEach(folder -> tools.datasets().save(folder.version(), folder.report()));
        tools.datasets().save(images.version(), images.report(reports, notes));
        note("%,d images: %s."
                .formatted(
                        images.images().size(),
                        folders.entrySet().stream()
                                .map(folder -> "%,d with a label of %s"
                                        .formatted(
                                                folder.getValue()
                                                        .version()
                                                        .items()
                                                        .size(),
                                                folder.getKey()))
                                .collect(Collectors.joining(", "))));
        return images;
    }

    private ReadFolder read(TaskFolder task) {
        try {
            ClassificationFolder.Labelled folder = ClassificationFolder.read(task.folder());
            folder.notes().forEach(sentence -> note("Task %s: %s".formatted(task.task(), sentence)));
            Ingest.Ingested ingested = new Ingest(ImageLimits.DEFAULT)
                    .run(
                            task.folder(),
                            folder.listing(),
                            (done, total) -> listener.at(
                                    "ingest", done, total, "%s: %d of %d images".formatted(task.task(), done, total)));
            conflicts(task.task(), ingested.report());
            return new ReadFolder(task.folder(), ingested.version(), ingested.report());
        } catch (FoveaException e) {
            throw new FoveaException(e.code(), "Task %s: %s".formatted(task.task(), e.getMessage()), e);
        }
    }

    private void conflicts(String task, IngestReport report) {
        List<Group> conflicts = report.duplicates().conflicts();
        if (!conflicts.isEmpty()) {
            note("Task %s: %d image%s in several classes and left out: %s%s. Correct the labels."
                    .formatted(
                            task,
                            conflicts.size(),
                            conflicts.size() == 1 ? " is" : "s are",
                            conflicts.stream()
                                    .limit(NAMED)
                                    .map(group -> group.members().stream()
                                            .map(IngestReport.Member::path)
                                            .collect(Collectors.joining(" and ")))
                                    .collect(Collectors.joining("; ")),
                            conflicts.size() > NAMED ? "; …" : ""));
        }
    }

    private void note(String sentence) {
        notes.add(sentence);
        listener.note(sentence);
    }
}
