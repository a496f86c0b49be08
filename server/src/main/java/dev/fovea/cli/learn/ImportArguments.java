package dev.fovea.cli.learn;

import dev.fovea.model.decoder.Activation;
import java.nio.file.Path;
import java.util.Optional;

/** What the command line of an import says; the rest is empty. */
record ImportArguments(
        Optional<String> name,
        Optional<String> task,
        Optional<Path> decoder,
        Optional<Path> contract,
        Optional<Path> labels,
        Optional<String> output,
        Optional<Activation> activation,
        double threshold) {}
