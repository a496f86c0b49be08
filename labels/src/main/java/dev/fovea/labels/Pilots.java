package dev.fovea.labels;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.AgreementStudy;
import dev.fovea.labels.design.PilotAdvice;
import dev.fovea.labels.design.PilotReport;
import dev.fovea.labels.design.PilotReport.PilotPerson;
import dev.fovea.labels.design.PilotReport.PilotState;
import dev.fovea.labels.design.PilotStudy;
import dev.fovea.labels.queue.Annotators;
import dev.fovea.labels.queue.LabelStore;
import dev.fovea.labels.queue.Pilot;
import dev.fovea.labels.queue.PilotStore;
import dev.fovea.labels.queue.Vote;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tests of the question with people: the first images, labelled blind by several of them. The queue leases these images
 * before all others. Thread-safe. Every method throws {@code DATASET_UNKNOWN} when there is no such data set.
 */
public final class Pilots {

    /** Fewer images say nothing about the design. */
    public static final int MIN_IMAGES = 10;

    /** More images are no longer a pilot. */
    public static final int MAX_IMAGES = 200;

    private final Datasets datasets;
    private final LabelStore store;
    private final PilotStore pilots;
    private final Clock clock;

    Pilots(Datasets datasets, LabelStore store, PilotStore pilots, Clock clock) {
        this.datasets = datasets;
        this.store = store;
        this.pilots = pilots;
        this.clock = clock;
    }

    /** {@code ARGUMENT_INVALID} unless a pilot may have so many images and people. */
    public static void requireSize(int images, int people) {
        require("images", images, MIN_IMAGES, MAX_IMAGES);
        require("people", people, 2, Pilot.MAX_PEOPLE);
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is %d; it must be from %d to %d.".formatted(name, value, min, max));
        }
    }

    /** Images that cannot be in a pilot: somebody labelled them here, their labels are known, or they are examples. */
    public Set<ContentHash> seen(String name) {
        Dataset designed = datasets.dataset(name);
        long dataset = designed.id();
        Set<ContentHash> seen =
                store.votes(dataset).stream().map(Vote::image).collect(Collectors.toCollection(HashSet::new));
        seen.addAll(store.honeypots(dataset).keySet());
        designed.classes().stream()
                .flatMap(each -> Stream.concat(each.examples().stream(), each.counterExamples().stream()))
                .map(ContentHash::parse)
                .forEach(seen::add);
        return seen;
    }

    /**
     * Starts a pilot.
     *
     * @param images that are not {@link #seen}
     * @param people how many label each image
     * @throws FoveaException {@code STATE_CONFLICT} while another one runs, or when the data set has fewer than two
     *     classes; {@code ARGUMENT_INVALID} for too few images
     */
    public PilotReport start(String name, Collection<ContentHash> images, int people, String author) {
        Dataset dataset = datasets.dataset(name);
        if (dataset.classes().isEmpty()) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The data set \"%s\" has no classes, so that nobody can label it. Add them first.".formatted(name));
        }
        if (images.size() < MIN_IMAGES) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The data set \"%s\" has %d images that nobody labelled here; a pilot needs %d or more. Add images."
                            .formatted(name, images.size(), MIN_IMAGES));
        }
        requireSize(images.size(), people);
        return report(dataset, pilots.start(dataset.id(), images, people, Annotators.requirePerson(author), now()));
    }

    /** The newest pilot; {@code NOT_FOUND} without one. */
    public PilotReport newest(String name) {
        return find(name)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "The data set \"%s\" has no pilot. Start one: fovea design %s --pilot 40 --people 2"
                                .formatted(name, name)));
    }

    /** The newest pilot, if there is one. */
    public Optional<PilotReport> find(String name) {
        Dataset dataset = datasets.dataset(name);
        return pilots.newest(dataset.id()).map(pilot -> report(dataset, pilot));
    }

    /** Ends the running pilot early; {@code STATE_CONFLICT} when none is running. */
    public PilotReport end(String name) {
        if (!pilots.end(datasets.dataset(name).id(), now())) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT, "The data set \"%s\" has no running pilot.".formatted(name));
        }
        return newest(name);
    }

    /** What to change in a design, given how people agree. */
    public List<PilotAdvice> advice(String name, AgreementReport report) {
        return PilotStudy.of(datasets.dataset(name), report);
    }

    private PilotReport report(Dataset dataset, Pilot pilot) {
        Set<ContentHash> images = new HashSet<>(pilot.images());
        List<Vote> votes = store.votes(dataset.id()).stream()
                .filter(vote -> images.contains(vote.image()))
                .toList();
        Map<ContentHash, Long> byImage =
                votes.stream().collect(Collectors.groupingBy(Vote::image, Collectors.counting()));
        Map<String, Long> byPerson =
                votes.stream().collect(Collectors.groupingBy(Vote::annotator, Collectors.counting()));
        int complete = (int) byImage.values().stream()
                .filter(count -> count >= pilot.people())
                .count();
        AgreementReport agreement = AgreementStudy.of(votes, dataset.task(), dataset.labels());
        PilotState state =
                pilot.ended().isPresent() || complete == pilot.images().size()
                        ? PilotState.DONE
                        : votes.isEmpty() ? PilotState.DRAWN : PilotState.RUNNING;
        return new PilotReport(
                pilot,
                state,
                complete,
                byPerson.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(entry -> new PilotPerson(entry.getKey(), (int) (long) entry.getValue()))
                        .toList(),
                agreement,
                state == PilotState.DONE ? PilotStudy.of(dataset, agreement) : List.of());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
