package dev.fovea.datasets.catalog;

import dev.fovea.datasets.tree.ContentHash;
import java.util.Collection;
import java.util.Map;

/**
 * A cache of the embeddings of stored images, bounded in size: those of the embedder that was not used for the longest
 * time go first. What is forgotten leaves it, too. Implementations are thread-safe.
 */
public interface EmbeddingStore {

    /**
     * Those of some images that are there.
     *
     * @param embedder what made them, with its version: equal names give equal embeddings
     */
    Map<ContentHash, float[]> find(String embedder, Collection<ContentHash> images);

    /**
     * Stores embeddings as half-precision floats. Those of images that are not stored, and those for which there is no
     * room, are left out.
     */
    void put(String embedder, Map<ContentHash, float[]> embeddings);

    /** An embedding as it is after it was stored and read: each number rounded to half precision. */
    static float[] rounded(float[] embedding) {
        float[] rounded = new float[embedding.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Float.float16ToFloat(Float.floatToFloat16(embedding[i]));
        }
        return rounded;
    }
}
