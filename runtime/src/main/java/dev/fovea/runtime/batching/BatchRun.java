package dev.fovea.runtime.batching;

import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.BatchBuilder;
import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.OutputSlices;
import dev.fovea.runtime.session.Timings;
import java.util.List;

/**
 * Runs a batch and completes its requests. A batch that fails is bisected: its halves run again, until the request that
 * makes it fail stands alone, so that one bad request costs the others time and nothing else.
 */
final class BatchRun {

    private final BatchScheduler scheduler;

    BatchRun(BatchScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Completes every request of the batch, with outputs or with the error of its own run. */
    void on(BatchRunner runner, BatchBuilder batch) {
        batch.dropUnwanted();
        if (batch.items() == 0) {
            return;
        }
        List<Inference> requests = batch.requests();
        long start = System.nanoTime();
        try {
            List<List<Tensor>> outputs = OutputSlices.cut(runner.run(batch.tensors()), requests);
            long took = System.nanoTime() - start;
            scheduler.measured(batch.items(), took);
            for (int i = 0; i < requests.size(); i++) {
                Inference request = requests.get(i);
                request.response()
                        .complete(new InferenceOutput(
                                outputs.get(i), new Timings(0, 0, start - request.arrival(), took, 0)));
            }
        } catch (RuntimeException | Error e) {
            // an Error too: with its thread gone, every later caller of the model would wait in vain
            if (requests.size() == 1) {
                requests.getFirst().response().completeExceptionally(e);
                return;
            }
            scheduler.progressed(runner, requests);
            int half = requests.size() / 2;
            on(runner, batch.of(requests.subList(0, half)));
            on(runner, batch.of(requests.subList(half, requests.size())));
        }
    }
}
