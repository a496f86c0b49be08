package dev.fovea.pipeline;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.formats.ModelSource;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.jobs.GoldenImages;
import dev.fovea.pipeline.jobs.ImageFiles;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.request.ImportRequest;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Imports an exported version, or an ONNX file with the files in its folder. */
public final class ImportWork {

    private static final double THRESHOLD = 0.5;

    private final JobTools tools;

    public ImportWork(JobTools tools) {
        this.tools = tools;
    }

    /**
     * What was imported.
     *
     * @param found how an ONNX file is used; empty for an exported version
     * @param golden number of golden images
     */
    public record Imported(ModelImport.ImportResult result, Optional<ImportFindings.Found> found, int golden) {

        /** What was sources from where. */
        public Map<String, String> sources() {
            return found.map(ImportFindings.Found::sources).orElse(Map.of());
        }
    }

    /** Imports; the errors of {@link BundleImport#run}, {@link ImportFindings#find} and {@link ModelImport#run}. */
    public Imported run(ImportRequest request, JobProgress progress) {
        Path file = Path.of(request.file());
        PromotionPolicy promotion = PromotionPolicy.of(request.promote());
        if (BundleImport.isExport(file)) {
            ImportOptions.requireForExport(request);
            return new Imported(
                    new BundleImport(tools)
                            .run(
                                    new BundleImport.BundleImportSpec(file, request.data(), promotion, request.note()),
                                    progress.counting()),
                    Optional.empty(),
                    0);
        }
        Path onnx = ModelSource.find(file);
        Map<String, byte[]> golden =
                ImageFiles.read(request.golden().stream().map(Path::of).toList());
        ImportFindings.Found found = found(onnx, request, GoldenImages.of(golden));
        ImportOptions.requireFor(request, found);
        ModelImport.ImportResult result = new ModelImport(tools)
                .run(
                        new ModelImport.Request(
                                onnx,
                                found.name(),
                                use(request, found),
                                golden,
                                request.data(),
                                criteria(request),
                                promotion,
                                request.note()),
                        progress.counting());
        return new Imported(result, Optional.of(found), GoldenImages.of(golden).size());
    }

    /** With the stated decode mode, if any. */
    private static NetworkUse use(ImportRequest request, ImportFindings.Found found) {
        return switch (request.network().decode().mode()) {
            case "exact" -> found.use().withDecode(DecodeMode.EXACT);
            case "fast" -> found.use().withDecode(DecodeMode.FAST);
            default -> found.use();
        };
    }

    private static Optional<AcceptanceCriteria> criteria(ImportRequest request) {
        ImportRequest.ImportDecodeRequest decode = request.network().decode();
        return decode.measures()
                ? Optional.of(decode.margin().map(AcceptanceCriteria::new).orElse(AcceptanceCriteria.DEFAULT))
                : Optional.empty();
    }

    private ImportFindings.Found found(Path onnx, ImportRequest request, Map<String, byte[]> images) {
        ImportFindings findings = new ImportFindings(onnx, arguments(request), images.values(), tools.engine());
        try {
            return findings.find();
        } catch (FoveaException missing) {
            // a file that cannot run needs no other files
            tools.engine()
                    .load(OnnxModel.readWhole(onnx).bytes(), SessionSettings.forThisMachine())
                    .close();
            throw missing;
        }
    }

    private static ImportArguments arguments(ImportRequest request) {
        ImportRequest.ImportNetworkRequest network = request.network();
        return new ImportArguments(
                stated(request.model()),
                stated(network.task()),
                stated(network.decoder()).map(Path::of),
                stated(network.contract()).map(Path::of),
                stated(network.labels()).map(Path::of),
                stated(network.output()),
                stated(network.activation()).map(word -> Activation.valueOf(word.toUpperCase(Locale.ROOT))),
                network.threshold().orElse(THRESHOLD));
    }

    private static Optional<String> stated(String text) {
        return Optional.of(text).filter(arguments -> !arguments.isEmpty());
    }
}
