package dev.fovea.pipeline;

import dev.fovea.model.decoder.Activation;
import java.nio.file.Path;
import java.util.Optional;

/** What the request of an import says; the rest is empty. */
record ImportArguments(
        Optional<String> name,
        Optional<String> task,
        Optional<Path> decoder,
        Optional<Path> contract,
        Optional<Path> labels,
        Optional<String> output,
        Optional<Activation> activation,
        double threshold) {}
