package dev.fovea.model;

/** The model card: what a person should know, generated from the manifest (Mitchell et al. 2019, Model Cards). */
final class ModelCard {

    private ModelCard() {}

    static String of(Manifest manifest) {
        StringBuilder card = new StringBuilder();
        card.append("# %s%n%n".formatted(manifest.name()));
        card.append("Task: %s of %d labels: %s.%n%n"
                .formatted(
                        manifest.task(),
                        manifest.labels().size(),
                        String.join(", ", manifest.labels().stream().limit(50).toList())));
        manifest.contract()
                .ifPresent(contract -> card.append("Input: %s %s, %s.%n%n"
                        .formatted(contract.color(), contract.outputShape(), contract.resize())));
        Lineage lineage = manifest.lineage();
        card.append("Made by Fovea %s on %s".formatted(lineage.codeVersion(), lineage.machine()));
        if (!lineage.dataset().isEmpty()) {
            card.append(lineage.datasetVersion().isPresent() ? " from the data set version " : " from the image list ")
                    .append(lineage.trainedOn());
        }
        card.append(".\n\n");
        lineage.settings().forEach((key, value) -> card.append("- %s: %s%n".formatted(key, value)));
        manifest.evaluation()
                .ifPresent(text -> card.append("%n## Evaluation on test images%n%n```json%n%s%n```%n".formatted(text)));
        return card.toString();
    }
}
