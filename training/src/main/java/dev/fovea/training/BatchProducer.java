package dev.fovea.training;

import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.training.batch.Batch;
import dev.fovea.training.batch.Batch.Target;
import dev.fovea.training.batch.Blending;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shuffles and augments one epoch after the other on a thread of its own, a few batches ahead of the learner. What an
 * image becomes depends on the seed, the epoch and its index only, never on timing.
 */
final class BatchProducer implements AutoCloseable {

    private static final int AHEAD = 4;

    private final PixelCache cache;
    private final Target[] targets;
    private final Augmentation augmentation;
    private final Blending blending;
    private final Size size;
    private final int imageBytes;
    private final int batchSize;
    private final int epochs;
    private final long seed;
    private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private int first;
    private volatile @Nullable Throwable failure;

    /** Makes batches of images of the given size; {@code targets} are those of the images in order. */
    BatchProducer(PixelCache cache, Target[] targets, TrainingSettings settings, Size size, int epochs) {
        this.cache = cache;
        this.targets = targets;
        this.augmentation = settings.regularization().augmentation();
        this.blending = Blending.of(
                settings.regularization().mixup(), settings.regularization().cutMix(), size, cache.channels());
        this.size = size;
        this.imageBytes = size.height() * size.width() * cache.channels();
        this.batchSize = Math.min(settings.schedule().batchSizeFor(cache.count()), cache.count());
        this.epochs = epochs;
        this.seed = settings.seed();
        this.thread = Thread.ofPlatform().name("augmentation").daemon().unstarted(this::produce);
    }

    /** Starts after so many batches, which an earlier training has taken. */
    void start(int taken) {
        first = taken;
        thread.start();
    }

    /** Images of a batch. */
    int batchSize() {
        return batchSize;
    }

    /** Batches per epoch; images that do not fill one wait for the next shuffle. */
    int batchesPerEpoch() {
        return cache.count() / batchSize;
    }

    /** The next batch, waiting for it if need be. */
    Batch take() throws InterruptedException {
        while (true) {
            Batch batch = ready.poll(1, TimeUnit.SECONDS);
            if (batch != null) {
                return batch;
            }
            if (!thread.isAlive() && ready.isEmpty()) {
                throw new IllegalStateException("augmentation stopped", failure);
            }
        }
    }

    private void produce() {
        try {
            for (int epoch = first / batchesPerEpoch(); epoch < epochs; epoch++) {
                int[] order = order(epoch);
                int from = epoch == first / batchesPerEpoch() ? first % batchesPerEpoch() : 0;
                for (int batch = from; batch < batchesPerEpoch(); batch++) {
                    ready.put(batch(epoch, order, batch * batchSize));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private int[] order(int epoch) {
        SplittableRandom random = new SplittableRandom(seedOf(epoch, -1));
        int[] order = new int[cache.count()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private Batch batch(int epoch, int[] order, int from) {
        byte[] pixels = new byte[batchSize * imageBytes];
        Target[] shown = new Target[batchSize];
        for (int i = 0; i < batchSize; i++) {
            int index = order[from + i];
            shown[i] = targets[index];
            SplittableRandom random = new SplittableRandom(seedOf(epoch, index));
            augmentation.apply(
                    cache.pixels().get(index), cache.size(), pixels, i * imageBytes, size, cache.channels(), random);
        }
        return blending.blend(epoch, pixels, shown, new SplittableRandom(seedOf(epoch, -2 - from)));
    }

    /** A seed of its own for each image of each epoch. */
    private long seedOf(int epoch, int index) {
        return new SplittableRandom(seed ^ ((long) epoch << 32) ^ (index & 0xffffffffL)).nextLong();
    }

    @Override
    public void close() {
        thread.interrupt();
        ready.clear();
    }
}
