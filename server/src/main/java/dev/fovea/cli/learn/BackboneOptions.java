package dev.fovea.cli.learn;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.BackboneDownload;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.request.TrainRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The network with learned weights that a training starts from. */
final class BackboneOptions {

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "A network with learned weights to start from: an ONNX file, NAME or NAME:VERSION of a registered model, a backbone that was added (fovea backbones add), or an https address with --sha256 (default: a new network). A file carries its preprocessing contract as for fovea import.")
    private @Nullable String from;

    @Option(
            names = "--fit",
            paramLabel = "head|network",
            description =
                    "With --from: head fits a linear classifier to the network's features; network then learns all weights further, in the time limit (default: network with --minutes, --epochs or --steps, else head).")
    private @Nullable String fit;

    @Option(
            names = "--cut",
            paramLabel = "TENSOR",
            description =
                    "With --from: the tensor that holds the features (default: the input of the last linear layer).")
    private @Nullable String cut;

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT.json",
            description = "With --from: the network's preprocessing contract, where it carries none.")
    private @Nullable Path contract;

    @Option(
            names = "--sha256",
            paramLabel = "HASH",
            description = "With an https address in place of MODEL: the SHA-256 of the ONNX file there.")
    private @Nullable String sha256;

    /**
     * The network of a request.
     *
     * @param home for a file that is fetched
     */
    TrainRequest.TrainNetworkRequest network(Path home, String family, String size, Optional<Integer> edge) {
        if (sha256 != null && (from == null || !BackboneDownload.isAddress(from))) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--sha256 applies to an https address in --from only. Omit it, or give the address.");
        }
        return new TrainRequest.TrainNetworkRequest(
                family,
                size,
                edge,
                from == null ? "" : stated(home, from),
                contract == null ? "" : contract.toAbsolutePath().toString(),
                cut == null ? "" : cut,
                fit == null ? "" : fit);
    }

    /** A file as its absolute path, one of an address after it was fetched; the name of a model stays as it is. */
    private String stated(Path home, String text) {
        if (BackboneDownload.isAddress(text)) {
            return new BackboneDownload(home.resolve("cache").resolve("backbones"))
                    .fetch(text, sha256 == null ? "" : sha256)
                    .toAbsolutePath()
                    .toString();
        }
        try {
            Path path = Path.of(text);
            return Backbones.isFile(text) || Files.exists(path)
                    ? path.toAbsolutePath().toString()
                    : text;
        } catch (InvalidPathException e) {
            return text;
        }
    }
}
