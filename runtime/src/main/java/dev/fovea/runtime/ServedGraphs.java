package dev.fovea.runtime;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.embedding.EmbeddingOutput;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.ProjectionCodec;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The graphs that may be run in place of a bundle's own, best first: rewritten and with the embedding, rewritten. Each
 * is made when it is tried, so that one graph is in memory at a time.
 *
 * @param changes of the bundle's own graph
 */
record ServedGraphs(List<UnaryOperator<OnnxModel>> changes) {

    static ServedGraphs of(
            Bundle bundle, OnnxModel model, Function<OnnxModel, Optional<OnnxModel>> rewriting, boolean observes) {
        Optional<OnnxModel> rewritten = rewriting.apply(model);
        UnaryOperator<OnnxModel> rewrite = graph -> rewriting.apply(graph).orElseThrow();
        List<UnaryOperator<OnnxModel>> changes = new ArrayList<>();
        Optional<EmbeddingProjection> projection = observes ? projection(bundle) : Optional.empty();
        if (projection.isPresent()) {
            UnaryOperator<OnnxModel> embed =
                    graph -> EmbeddingOutput.added(graph, projection.get()).orElseThrow();
            if (rewritten
                    .flatMap(graph -> EmbeddingOutput.added(graph, projection.get()))
                    .isPresent()) {
                changes.add(graph -> embed.apply(rewrite.apply(graph)));
            } else if (rewritten.isEmpty()
                    && EmbeddingOutput.added(model, projection.get()).isPresent()) {
                changes.add(embed);
            }
        }
        if (rewritten.isPresent()) {
            changes.add(rewrite);
        }
        return new ServedGraphs(List.copyOf(changes));
    }

    /** Of the bundle; empty for one that has none or a damaged one, which serves without. */
    private static Optional<EmbeddingProjection> projection(Bundle bundle) {
        try {
            return bundle.attachment(EmbeddingProjection.FILE).map(ProjectionCodec::read);
        } catch (FoveaException e) {
            return Optional.empty();
        }
    }
}
