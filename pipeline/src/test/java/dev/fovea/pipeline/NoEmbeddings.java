package dev.fovea.pipeline;

import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.datasets.tree.ContentHash;
import java.util.Collection;
import java.util.Map;

/** Keeps nothing. */
final class NoEmbeddings implements EmbeddingStore {

    @Override
    public Map<ContentHash, float[]> find(String embedder, Collection<ContentHash> images) {
        return Map.of();
    }

    @Override
    public void put(String embedder, Map<ContentHash, float[]> embeddings) {}
}
