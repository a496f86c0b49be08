package dev.fovea.pipeline.multitask;

import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.multitask.MultiTaskTraining.MultiTaskTrained;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.pipeline.run.RunSubject;
import java.util.Optional;
import java.util.stream.Collectors;

/** Trains models of several tasks as requests say. */
public final class MultiTaskWork {

    private final JobTools tools;
    private final DatasetCheckout data;
    private final Backbones backbones;

    /**
     * Work with these tools.
     *
     * @param data folders of curated data sets
     */
    public MultiTaskWork(JobTools tools, DatasetCheckout data, Backbones backbones) {
        this.tools = tools;
        this.data = data;
        this.backbones = backbones;
    }

    /** Trains. */
    public MultiTaskTrained train(MultiTaskRequest request, MultiTaskListener listener) {
        request.tasks().forEach(task -> data.requireOneClass(task.data()));
        MultiTaskRequest pinned = request.withData(source -> data.pinned(source).orElse(source));
        MultiTaskSpec spec = MultiTaskSpec.of(
                pinned.withPaths(data), backbones.resolve(request.network().reference()));
        String images = pinned.tasks().stream()
                .map(task -> task.name() + "=" + task.data())
                .collect(Collectors.joining(", "));
        return tools.recording(
                        new RunSubject(
                                request.subject(),
                                Optional.empty(),
                                images,
                                request.work(),
                                listener.progress().job()),
                        spec.described())
                .during(() -> new MultiTaskTraining(tools).run(spec, listener), MultiTaskTrained::version);
    }
}
