package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadFinding;
import dev.fovea.datasets.exchange.model.ReadOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A data set whose header is known and whose images are converted as they are consumed. */
public final class SurveyedReading implements ExchangeReading {

    private final FormatReader reader;
    private final ReadOptions options;
    private final ImageNames names;
    private final ExchangeHeader header;
    private final FindingCounter findings = new FindingCounter();

    /**
     * Surveys a data set.
     *
     * @param root of the images
     * @throws dev.fovea.fault.FoveaException for a fault of the whole set
     */
    public SurveyedReading(FormatReader reader, Path root, ReadOptions options) {
        this.reader = reader;
        this.options = options;
        this.names = new ImageNames(root);
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
        return reader.images(findings).map(fitting::fit).flatMap(Optional::stream);
    }

    @Override
    public List<ReadFinding> findings() {
        return findings.findings();
    }
}
