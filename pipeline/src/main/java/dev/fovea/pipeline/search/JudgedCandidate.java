package dev.fovea.pipeline.search;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.bar.MeasuredLatency;
import dev.fovea.pipeline.head.HeadlessNetwork;
import java.util.Map;
import java.util.Optional;

/**
 * A candidate that was judged on all images, as it would be registered.
 *
 * @param classifier the ONNX file
 * @param contract its preprocessing
 * @param learned what it was learned with, for the lineage
 * @param headless the network without its head, for other arithmetic; absent where all weights were learned
 * @param latency absent before it was measured
 */
record JudgedCandidate(
        SearchCandidate candidate,
        CandidateEvidence evidence,
        OnnxModel classifier,
        PreprocessingContract contract,
        Map<String, String> learned,
        Optional<Headless> headless,
        Optional<MeasuredLatency> latency) {

    /**
     * The parts of a network with a head.
     *
     * @param secondsPerImage that fitting the head took
     */
    record Headless(HeadlessNetwork network, HeadlessNetwork.CandidateHead head, double secondsPerImage) {}

    JudgedCandidate {
        learned = Map.copyOf(learned);
    }

    /** @param seconds that fitting the head took */
    static JudgedCandidate of(
            SearchCandidate candidate, HeadlessNetwork network, HeadlessNetwork.CandidateHead head, double seconds) {
        return new JudgedCandidate(
                candidate,
                new CandidateEvidence(CandidateEvidence.EvidenceMethod.CROSS_VALIDATION, head.outOfFold()),
                network.with(head),
                network.contract(),
                Map.of(
                        "c",
                        Double.toString(head.c()),
                        "feature_transform",
                        head.transform().toString()),
                Optional.of(
                        new Headless(network, head, seconds / head.outOfFold().total())),
                Optional.empty());
    }

    JudgedCandidate with(MeasuredLatency measured) {
        return new JudgedCandidate(candidate, evidence, classifier, contract, learned, headless, Optional.of(measured));
    }

    /** Bytes of the ONNX file. */
    long bytes() {
        return classifier.size();
    }
}
