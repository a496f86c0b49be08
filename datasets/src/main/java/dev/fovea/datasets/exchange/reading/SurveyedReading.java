package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadFinding;
import dev.fovea.datasets.exchange.model.ReadOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A data set whose header is known and whose images are converted as they are consumed. */
public final class SurveyedReading implements ExchangeReading {

    private final FormatReader reader;
    private final ReadOptions options;
    private final FormatFolder folder;
    private final ImageNames names;
    private final ExchangeHeader header;
    private final FindingCounter findings = new FindingCounter();

    /**
     * Surveys a data set.
     *
     * @param folder of the images
     * @throws dev.fovea.fault.FoveaException for a fault of the whole set
     */
    public SurveyedReading(FormatReader reader, FormatFolder folder, ReadOptions options) {
        this.reader = reader;
        this.options = options;
        this.folder = folder;
        this.names = new ImageNames(folder.index().root());
        this.header = Survey.of(reader, options);
    }

    @Override
    public ExchangeFormat format() {
        return reader.format();
    }

    @Override
    public ExchangeHeader header() {
        return header;
    }

    @Override
    public Stream<ExchangedImage> images() {
        findings.clear();
        ImageFitting fitting = new ImageFitting(
                options, header.task(), file -> reader.name(file).orElseGet(() -> names.of(file)), findings);
        Stream<ExchangedImage> listed =
                reader.images(findings).map(fitting::fit).flatMap(Optional::stream);
        return Stream.concat(listed, Stream.of(fitting).flatMap(this::unlisted));
    }

    /** Counts the images of a whole folder that its annotations leave out, once all others are consumed. */
    private Stream<ExchangedImage> unlisted(ImageFitting fitting) {
        if (folder.only().isEmpty() && reader.format().listsImages()) {
            folder.index().images().stream()
                    .filter(image -> !fitting.hasSeen(image))
                    .forEach(image -> findings.add(ReadFault.IMAGE_UNLISTED, new TextPlace(image, 0), ""));
        }
        return Stream.empty();
    }

    @Override
    public List<ReadFinding> findings() {
        return findings.findings();
    }
}
