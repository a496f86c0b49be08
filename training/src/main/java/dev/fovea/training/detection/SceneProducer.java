package dev.fovea.training.detection;

import dev.fovea.imaging.Size;
import dev.fovea.training.detection.Scene.SceneBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Composes the batches of one step after the other on a thread of its own, a few ahead of the learner. What a scene is
 * depends on the seed and its number only, never on timing: of the batches that wait, those of the other kind are made
 * again when the learner asks for single images.
 */
final class SceneProducer implements AutoCloseable {

    private static final int AHEAD = 3;
    private static final int MOSAIC = 4;

    private final SeenImages images;
    private final SceneComposer composer;
    private final int imageBytes;
    private final int batchSize;
    private final long seed;
    private final BlockingQueue<Made> ready = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private int first;
    private volatile boolean mosaic = true;
    private volatile @Nullable Throwable failure;
    private int[] order = new int[0];
    private int orderOfEpoch = -1;

    /** A batch, and whether its scenes are mosaics. */
    private record Made(int step, boolean mosaic, SceneBatch batch) {}

    SceneProducer(SeenImages images, DetectorSettings settings, Size size, int batchSize) {
        this.images = images;
        this.composer = new SceneComposer(images, size, settings.augmentation().quarterTurns());
        this.imageBytes = size.width() * size.height() * images.channels();
        this.batchSize = batchSize;
        this.seed = settings.seed();
        this.thread = Thread.ofPlatform().name("scenes").daemon().unstarted(this::produce);
    }

    /** Begins with a batch; those before it were taken earlier. */
    void start(int batch) {
        first = batch;
        thread.start();
    }

    int batchSize() {
        return batchSize;
    }

    int batchesPerEpoch() {
        return Math.max(1, images.count() / batchSize);
    }

    /**
     * The next batch.
     *
     * @param ofMosaics whether scenes are mosaics; once they are not, they never are again
     */
    SceneBatch take(boolean ofMosaics) throws InterruptedException {
        mosaic = ofMosaics;
        while (true) {
            Made made = ready.poll(1, TimeUnit.SECONDS);
            if (made != null) {
                return made.mosaic() == ofMosaics ? made.batch() : batch(made.step(), ofMosaics);
            }
            if (!thread.isAlive() && ready.isEmpty()) {
                throw new IllegalStateException("composing scenes stopped", failure);
            }
        }
    }

    private void produce() {
        try {
            for (int step = first; ; step++) {
                boolean now = mosaic;
                ready.put(new Made(step, now, batch(step, now)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Called from two threads, which do not share the shuffled order for long. */
    private synchronized SceneBatch batch(int step, boolean ofMosaics) {
        int epoch = step / batchesPerEpoch();
        byte[] pixels = new byte[batchSize * imageBytes];
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < batchSize; i++) {
            int number = (step % batchesPerEpoch()) * batchSize + i;
            int index = order(epoch)[number % images.count()];
            SplittableRandom random = new SplittableRandom(seedOf(step, i));
            if (ofMosaics) {
                int[] indices = new int[MOSAIC];
                indices[0] = index;
                for (int other = 1; other < MOSAIC; other++) {
                    indices[other] = random.nextInt(images.count());
                }
                scenes.add(composer.mosaic(shuffled(indices, random), pixels, i * imageBytes, random));
            } else {
                scenes.add(composer.single(index, pixels, i * imageBytes, random));
            }
        }
        return new SceneBatch(epoch, pixels, scenes);
    }

    private static int[] shuffled(int[] indices, SplittableRandom random) {
        int first = random.nextInt(indices.length);
        int kept = indices[0];
        indices[0] = indices[first];
        indices[first] = kept;
        return indices;
    }

    private int[] order(int epoch) {
        if (epoch != orderOfEpoch) {
            SplittableRandom random = new SplittableRandom(seedOf(epoch, -1));
            int[] next = new int[images.count()];
            for (int i = 0; i < next.length; i++) {
                int j = random.nextInt(i + 1);
                next[i] = next[j];
                next[j] = i;
            }
            order = next;
            orderOfEpoch = epoch;
        }
        return order;
    }

    /** A seed of its own for each scene of each step. */
    private long seedOf(int step, int number) {
        return new SplittableRandom(seed ^ ((long) step << 32) ^ (number & 0xffffffffL)).nextLong();
    }

    @Override
    public void close() {
        thread.interrupt();
        ready.clear();
    }
}
