package dev.fovea.pipeline;

import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.RandomOperators;
import dev.fovea.model.graph.SizeInputs;
import dev.fovea.model.outputs.BatchAxis;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.model.outputs.LabelDecision;
import dev.fovea.model.outputs.MapDecision;
import dev.fovea.model.outputs.ObservedOutput;
import dev.fovea.pipeline.evaluation.ClassifierEvaluation;
import dev.fovea.pipeline.evaluation.DecodeReport;
import dev.fovea.pipeline.evaluation.ImportEvaluation;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.jobs.GoldenImages;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.runtime.validation.InnerOutput;
import dev.fovea.runtime.validation.OutputTrial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Imports an ONNX file as a version: checks that file, contract and labels match, and records golden vectors. */
public final class ModelImport {

    private final JobTools workshop;
    private final Registrar registrar;

    /** An import with these tools. */
    public ModelImport(JobTools workshop) {
        this.workshop = workshop;
        this.registrar = new Registrar(workshop);
    }

    /**
     * An import request.
     *
     * @param onnx ONNX file
     * @param name name of the model
     * @param use preprocessing contract and output decoding of the network
     * @param golden golden images by name; empty for synthetic images
     * @param data labelled images to evaluate it on, as {@link ModelEvaluation.EvaluationSpec} takes them; empty for
     *     none
     * @param decode criteria to choose the decode mode by, on the labelled images; empty for that of the contract
     * @param promotion when to promote the version
     * @param note free text
     */
    public record Request(
            Path onnx,
            String name,
            NetworkUse use,
            Map<String, byte[]> golden,
            String data,
            Optional<AcceptanceCriteria> decode,
            PromotionPolicy promotion,
            String note) {

        Request withDecode(DecodeMode mode) {
            return new Request(onnx, name, use.withDecode(mode), golden, data, decode, promotion, note);
        }
    }

    /**
     * The result.
     *
     * @param version as registered
     * @param evaluation on the labelled images, if any
     * @param comparison with what was in production, on the same data
     * @param promotion whether it was promoted
     * @param decode how the decode mode was chosen, if it was measured
     * @param decisions decisions about its output, one sentence each
     */
    public record ImportResult(
            ModelVersion version,
            Optional<ModelEvaluation.EvaluationResult> evaluation,
            Optional<RecordedComparison> comparison,
            PromotionDecision promotion,
            Optional<DecodeReport> decode,
            List<String> decisions) {
        public ImportResult {
            decisions = List.copyOf(decisions);
        }

        /** Whether the version is usable; empty without an evaluation. */
        public Optional<EvaluationVerdict> verdict() {
            return evaluation.map(ModelEvaluation.EvaluationResult::verdict);
        }
    }

    /**
     * Imports; the errors of {@link OnnxModel#readWhole}, {@link RandomOperators#requireNone},
     * {@link LabelDecision#of}, {@link CompatibilityCheck#check}, {@link GoldenTest#make} and of storage.
     */
    public ImportResult run(Request request, QuantizationProgress progress) {
        ModelName.require(request.name());
        Registry.requireReason(request.note());
        return register(request, progress);
    }

    private ImportResult register(Request request, QuantizationProgress progress) {
        ImportEvaluation.requireFolder(request.data());
        NetworkUse use = request.use();
        OnnxModel model = served(
                InnerOutput.of(
                        workshop.engine(),
                        OnnxModel.readWhole(request.onnx()),
                        use.options().output()),
                use);
        if (use.contract().isPresent()) {
            RandomOperators.requireNone(model);
        }
        byte[] onnx = model.bytes();
        Map<String, byte[]> images = use.contract().isEmpty() ? Map.of() : GoldenImages.of(request.golden());
        LabelDecision decision = decision(request, model, onnx);
        ImportOptions.requireThreshold(use, decision);
        CompatibilityCheck.check(model, use.contract(), decision.postprocessing(), decision.labels());
        ImportEvaluation evaluation = new ImportEvaluation(workshop, request.name(), request.data(), progress);
        evaluation.requireTask(decision.postprocessing().task());
        Optional<ImportEvaluation.ChosenDecode> chosen = decode(request, decision, onnx, images, evaluation);
        Optional<DecodeReport> decode = chosen.map(ImportEvaluation.ChosenDecode::report);
        Request used = decode.map(report -> request.withDecode(report.mode())).orElse(request);
        Map<String, String> settings = decode.map(DecodeReport::settings).orElse(Map.of());
        Manifest candidate = candidate(used, decision, settings, onnx);
        Optional<ClassifierEvaluation.Scores> scores = chosen.flatMap(ImportEvaluation.ChosenDecode::scores)
                .or(() -> evaluation.scores(candidate, onnx, images));
        Postprocessing postprocessing = calibrated(decision.postprocessing(), scores);
        Manifest manifest = scores.map(known -> manifest(
                        used,
                        decision.labels(),
                        postprocessing,
                        Optional.of(new ReportJson().write(known.report())),
                        settings,
                        onnx))
                .orElse(candidate);
        Map<String, Double> metrics = scores.map(known -> known.metrics(ModelEvaluation.temperature(postprocessing)))
                .orElse(Map.of());
        MadeReference reference =
                evaluation.reference(new ReferenceMaking.Unregistered(manifest, onnx, images), scores);
        ModelVersion version = registrar.register(new Registrar.FinishedTraining(
                manifest, onnx, images, reference.attachments(), reference.counted(metrics), request.note()));
        ImportEvaluation.ImportedEvaluation outcome = evaluation.finish(version, manifest, scores);
        PromotionDecision promotion = PromotionDecision.of(
                request.promotion(),
                evaluation.production().map(ModelVersion::number),
                outcome.evaluation().map(ModelEvaluation.EvaluationResult::verdict),
                outcome.comparison().map(PromotionDecision.ComparedWithProduction::of));
        registrar.carryOut(promotion, version);
        return new ImportResult(
                version,
                outcome.evaluation(),
                outcome.comparison(),
                promotion,
                decode,
                reasons(decision, postprocessing, reference));
    }

    /** Measures both decode modes, if that was requested. */
    private Optional<ImportEvaluation.ChosenDecode> decode(
            Request request,
            LabelDecision decision,
            byte[] onnx,
            Map<String, byte[]> images,
            ImportEvaluation evaluation) {
        return request.decode()
                .map(criteria -> evaluation.decode(
                        criteria,
                        candidate(request.withDecode(DecodeMode.EXACT), decision, Map.of(), onnx),
                        candidate(request.withDecode(DecodeMode.FAST), decision, Map.of(), onnx),
                        onnx,
                        images));
    }

    private Manifest candidate(Request request, LabelDecision decision, Map<String, String> settings, byte[] onnx) {
        return manifest(request, decision.labels(), decision.postprocessing(), Optional.empty(), settings, onnx);
    }

    private Manifest manifest(
            Request request,
            List<String> labels,
            Postprocessing postprocessing,
            Optional<String> evaluation,
            Map<String, String> settings,
            byte[] onnx) {
        List<GoldenVector> golden = request.use()
                .contract()
                .map(contract -> GoldenTest.make(
                        workshop.engine(), onnx, contract, postprocessing, GoldenImages.of(request.golden())))
                .orElse(List.of());
        return new Manifest(
                request.name(),
                labels,
                request.use().contract(),
                postprocessing,
                evaluation,
                Lineage.imported(
                                request.onnx().getFileName().toString(),
                                workshop.origin().codeVersion(),
                                workshop.origin().machine())
                        .withSettings(settings),
                golden,
                new TreeMap<>());
    }

    private static Postprocessing calibrated(
            Postprocessing uncalibrated, Optional<ClassifierEvaluation.Scores> scores) {
        return scores.isPresent()
                        && uncalibrated
                                instanceof Postprocessing.OneLabel(var output, var activation, double _, var heatMap)
                ? new Postprocessing.OneLabel(
                        output, activation, scores.orElseThrow().temperature(activation), heatMap)
                : uncalibrated;
    }

    private static List<String> reasons(
            LabelDecision decision, Postprocessing postprocessing, MadeReference reference) {
        double temperature = ModelEvaluation.temperature(postprocessing);
        return Stream.of(
                        decision.reasons(),
                        temperature == 1
                                ? List.<String>of()
                                : List.of(
                                        "logits are divided by a temperature of %.3f, which calibrates the confidence on the images of --data"
                                                .formatted(temperature)),
                        reference.notes())
                .flatMap(List::stream)
                .toList();
    }

    private LabelDecision decision(Request request, OnnxModel model, byte[] onnx) {
        NetworkUse use = request.use();
        boolean map = use.postprocessing()
                .filter(found -> found instanceof Postprocessing.Decoding(DecoderConfig.SemanticMap ignored))
                .isPresent();
        if (use.postprocessing().isPresent() && !map) {
            return new LabelDecision(use.postprocessing().get(), use.labels(), List.of());
        }
        PreprocessingContract contract = use.contract()
                .orElseThrow(() -> new IllegalArgumentException("a classifier needs a preprocessing contract"));
        CompatibilityCheck.checkInput(model, contract);
        List<byte[]> images = new ArrayList<>(request.golden().values());
        images.addAll(GoldenImages.drawn().values());
        List<ObservedOutput> outputs = OutputTrial.run(workshop.engine(), onnx, contract, images);
        if (use.postprocessing().isPresent()
                && use.postprocessing().get() instanceof Postprocessing.Decoding(DecoderConfig.SemanticMap decoder)) {
            MapDecision decision = MapDecision.of(model, withThreshold(decoder, use.options()), use.labels(), outputs);
            return new LabelDecision(
                    new Postprocessing.Decoding(decision.decoder()), use.labels(), List.of(decision.reason()));
        }
        return LabelDecision.of(model, use.options(), use.labels(), outputs);
    }

    /** The decoder's own threshold comes before that of the options. */
    private static DecoderConfig.SemanticMap withThreshold(DecoderConfig.SemanticMap decoder, OutputOptions options) {
        return decoder.threshold() == OutputOptions.THRESHOLD
                ? new DecoderConfig.SemanticMap(decoder.output(), decoder.values(), options.threshold())
                : decoder;
    }

    /** The model as it is served: images are its only input, with a batch axis. */
    private static OnnxModel served(OnnxModel model, NetworkUse use) {
        if (use.contract().isEmpty()) {
            return model;
        }
        OnnxModel single = SizeInputs.feed(BatchAxis.ofOnlyInput(model)).model();
        return use.postprocessing()
                .filter(Postprocessing.Decoding.class::isInstance)
                .map(Postprocessing.Decoding.class::cast)
                .map(objects -> BatchAxis.ofOne(single, objects.decoder()))
                .orElse(single);
    }
}
