package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.DatasetVersions.VersionItem;
import dev.fovea.datasets.exchange.AnnotationFormats;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFeature;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ExportReport;
import dev.fovea.datasets.exchange.model.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes a version of a data set in the format of another tool. */
public final class DatasetExport {

    private final Datasets datasets;
    private final String name;
    private final SavedVersion version;
    private final ExchangeFormat format;

    public DatasetExport(Datasets datasets, String name, SavedVersion version, ExchangeFormat format) {
        this.datasets = datasets;
        this.name = name;
        this.version = version;
        this.format = format;
    }

    /** What the format cannot say about the version. */
    public List<Loss> losses() {
        List<Loss> losses = new ArrayList<>(AnnotationFormats.losses(format, header(), images()));
        losses.addAll(design());
        return List.copyOf(losses);
    }

    /** What a label design says for people, and no format does. */
    private List<Loss> design() {
        List<Loss> losses = new ArrayList<>();
        LabelQuestion question = version.question();
        if (!question.equals(LabelQuestion.EMPTY)) {
            losses.add(new Loss(
                    ExchangeFeature.QUESTION,
                    1,
                    question.text().isEmpty() ? "whether several or none can apply" : question.text(),
                    "It is left out."));
        }
        List<String> shown = version.classes().stream()
                .filter(each ->
                        !each.examples().isEmpty() || !each.counterExamples().isEmpty())
                .map(ClassDefinition::name)
                .toList();
        if (!shown.isEmpty()) {
            losses.add(new Loss(
                    ExchangeFeature.EXAMPLES,
                    shown.size(),
                    shown.getFirst(),
                    "The images are written like all others."));
        }
        return losses;
    }

    /** Writes into a new folder, which appears when it is complete; the errors of {@link AnnotationFormats#write}. */
    public ExportReport write(Path folder) {
        return AnnotationFormats.write(format, header(), images(), folder);
    }

    private ExchangeHeader header() {
        return new ExchangeHeader(
                datasets.dataset(name).task(),
                version.classes().stream().map(DatasetExport::exchanged).toList());
    }

    private static ExchangeClass exchanged(ClassDefinition definition) {
        return new ExchangeClass(definition.name(), definition.definition(), Optional.empty());
    }

    /** The states are in memory; the bytes are read one image at a time. */
    private Stream<ExchangedImage> images() {
        List<ExchangedImage> images = new ArrayList<>();
        datasets.versions().forEach(name, version, item -> images.add(exchanged(item)));
        return images.stream();
    }

    private ExchangedImage exchanged(VersionItem item) {
        ItemState state = item.state();
        EncodedSource.Stored bytes = () -> datasets.bytes(item.image());
        return new ExchangedImage(
                bytes,
                item.source(),
                Optional.of(item.image().size()),
                state.split(),
                state.tags(),
                state.group().orElse(""),
                state.label(),
                List.of());
    }
}
