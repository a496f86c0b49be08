package dev.fovea.pipeline;

import dev.fovea.model.decoder.Activation;
import java.nio.file.Path;
import java.util.Optional;

/** The arguments of an import request; empty where not set. */
record ImportArguments(
        Optional<String> name,
        Optional<String> task,
        Optional<Path> decoder,
        Optional<Path> contract,
        Optional<Path> labels,
        Optional<String> output,
        Optional<Activation> activation,
        double threshold) {}
