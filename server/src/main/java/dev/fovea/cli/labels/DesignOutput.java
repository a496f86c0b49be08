package dev.fovea.cli.labels;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.design.DesignFinding;
import dev.fovea.labels.design.DesignReport;
import dev.fovea.labels.design.PilotAdvice;
import dev.fovea.labels.design.PilotReport;
import dev.fovea.labels.design.PilotReport.PilotPerson;
import dev.fovea.labels.design.PilotReport.PilotState;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/** What {@code fovea design --json} prints. */
record DesignOutput(
        String verdict,
        boolean ready,
        AskedQuestion question,
        List<ClassDefinition> classes,
        List<DesignFinding> findings,
        Optional<ClassSeparation> separation,
        Optional<PilotOutput> pilot) {

    /** What people are to answer. */
    record AskedQuestion(String text, Optional<Boolean> severalApply, Optional<Boolean> noneApplies) {}

    /** A pilot. */
    record PilotOutput(
            int number,
            PilotState state,
            int images,
            int complete,
            int peoplePerImage,
            List<PilotPerson> people,
            PilotAgreement agreement,
            List<AdviceOutput> advice) {

        static PilotOutput of(PilotReport report) {
            return new PilotOutput(
                    report.pilot().number(),
                    report.state(),
                    report.pilot().images().size(),
                    report.complete(),
                    report.pilot().people(),
                    report.people(),
                    PilotAgreement.of(report.agreement()),
                    report.advice().stream().map(AdviceOutput::of).toList());
        }
    }

    /** How well the people of a pilot agree. */
    record PilotAgreement(
            String verdict,
            Optional<Interval> kappa,
            Optional<Interval> fleiss,
            Optional<Interval> alpha,
            Optional<Interval> ceiling,
            List<ConfusedOutput> confused) {

        static PilotAgreement of(AgreementReport report) {
            return new PilotAgreement(
                    report.verdict(),
                    report.kappa(),
                    report.fleiss(),
                    report.alpha(),
                    report.ceiling(),
                    report.confused().stream()
                            .map(pair -> new ConfusedOutput(
                                    pair.first(),
                                    pair.second(),
                                    pair.images(),
                                    pair.used(),
                                    pair.examples().stream()
                                            .map(Object::toString)
                                            .toList()))
                            .toList());
        }
    }

    /** Two classes that people confuse. */
    record ConfusedOutput(String first, String second, int images, int used, List<String> examples) {}

    /** What to change. */
    record AdviceOutput(
            PilotAdvice.AdviceKind kind, List<String> classes, String evidence, String advice, List<String> images) {

        static AdviceOutput of(PilotAdvice advice) {
            return new AdviceOutput(
                    advice.kind(),
                    advice.classes(),
                    advice.evidence(),
                    advice.advice(),
                    advice.images().stream().map(Object::toString).toList());
        }
    }

    static DesignOutput of(
            Dataset dataset, DesignReport report, Optional<ClassSeparation> separation, Optional<PilotReport> pilot) {
        return new DesignOutput(
                report.verdict(),
                report.ready(),
                new AskedQuestion(
                        dataset.question().text(),
                        dataset.question().severalApply(),
                        dataset.question().noneApplies()),
                dataset.classes(),
                report.findings(),
                separation,
                pilot.map(PilotOutput::of));
    }
}
