package dev.fovea.config;

import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.remote.LabelMapping;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.provider.ConfigurationCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service of {@code remotes.json}, as it is written there, with the default limits filled in. */
record RemoteDocument(
        ProviderDocument provider,
        Optional<Map<String, String>> labels,
        Optional<Double> minConfidence,
        Optional<Budget> budget,
        RemoteLimits limits,
        Optional<FallbackDocument> fallback) {

    /** Another model, or a default label. */
    record FallbackDocument(Optional<String> model, Optional<String> label) {

        FallbackDocument {
            ConfigurationCheck.configured(
                    model.isPresent() != label.isPresent(), "fallback needs either a model or a label.");
        }

        Fallback fallback() {
            return model.<Fallback>map(other -> new Fallback.FallbackModel(ModelRef.parse(other)))
                    .orElseGet(() -> new Fallback.Label(label.orElseThrow()));
        }
    }

    RemoteEntry entry(String name) {
        return new RemoteEntry(
                name,
                provider::provider,
                mapping(),
                limits,
                budget.orElseGet(this::free),
                fallback.map(FallbackDocument::fallback));
    }

    private LabelMapping mapping() {
        List<String> own = provider instanceof ProviderDocument.OpenInference server ? server.labels() : List.of();
        ConfigurationCheck.configured(
                labels.isPresent() || !own.isEmpty(),
                "labels is missing. Map each label of the service to one of yours.");
        double min = minConfidence.orElse(0.0);
        return labels.map(ours -> new LabelMapping(ours, min)).orElseGet(() -> LabelMapping.same(own, min));
    }

    private Budget free() {
        ConfigurationCheck.configured(
                provider instanceof ProviderDocument.OpenInference,
                "budget is missing. Give price_per_call, monthly_ceiling and currency.");
        return Budget.free();
    }
}
