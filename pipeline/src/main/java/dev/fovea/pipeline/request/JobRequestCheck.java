package dev.fovea.pipeline.request;

import dev.fovea.datasets.Fractions;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.quantize.Precision;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.Registry;
import dev.fovea.training.schedule.StepPlan;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Validates a request, from a command or the API: {@code ARGUMENT_INVALID} names the field and the remedy. */
final class JobRequestCheck {

    private static final double MIN_FALSE_ALARMS = 1e-6;
    private static final double MAX_FALSE_ALARMS = 0.5;
    private static final int EDGE_STEP = 32;
    private static final int MIN_EDGE = 64;
    private static final int MAX_EDGE = 2048;
    private static final double MIN_SEARCH = 0.5;
    private static final int MAX_MINUTES = 7 * 24 * 60;
    private static final List<String> METHODS = List.of("padim", "patchcore");
    private static final List<String> FAMILIES = List.of("residual", "mobile");
    private static final List<String> SIZES = List.of("small", "medium", "large");
    private static final List<String> FITS = List.of("head", "network");
    private static final List<String> WEIGHTS = List.of("balanced", "none");
    private static final List<String> ACTIVATIONS = List.of("softmax", "sigmoid", "none");
    private static final List<String> DECODES = List.of("exact", "fast", "auto");
    private static final List<String> TASKS =
            List.of("classification", "multi-label", "detection", "embedding", "tensors");

    private JobRequestCheck() {}

    static void check(JobRequest request) {
        switch (request) {
            case TrainRequest train -> check(train);
            case AnomalyRequest anomaly -> check(anomaly);
            case DetectorRequest detector -> check(detector);
            case MultiTaskRequest tasks -> check(tasks);
            case SearchRequest search -> check(search);
            case ImportRequest imported -> check(imported);
            case QuantizeRequest quantize -> {
                requireText("model", quantize.model());
                requireIn("margin", quantize.margin(), 0, 100, "points from 0 to 100");
                precision(quantize);
                Registry.requireReason(quantize.note());
            }
            case EvaluateRequest evaluate -> requireText("model", evaluate.model());
            case TuneRequest tune -> {
                requireText("model", tune.model());
                requireIn("p99_ms", tune.p99Ms(), 0.001, 3_600_000, "milliseconds up to an hour");
                requireIn("seconds", tune.seconds(), 0.1, 86_400, "seconds from 0.1 to 86,400");
            }
            case CascadeRequest cascade -> check(cascade);
            case CheckRequest check -> requireText("dataset", check.dataset());
            case DiagnoseRequest diagnose -> {
                requireText("data", diagnose.data());
                QualityTarget _ = QualityTarget.parse(diagnose.aim());
            }
        }
    }

    private static void check(TrainRequest train) {
        ModelName.require(train.model());
        requireText("data", train.data());
        requireChoice("network.family", train.network().family(), FAMILIES);
        requireChoice("network.size", train.network().size(), SIZES);
        checkStart(train);
        requireChoice("schedule.class_weights", train.schedule().classWeights(), WEIGHTS);
        requireMinutes(train.schedule().minutes());
        train.schedule().distillation().require(train.fitsHead());
        if (!train.split().isEmpty()) {
            Fractions _ = Fractions.parse(train.split());
        }
        PromotionPolicy _ = PromotionPolicy.of(train.promote());
        Registry.requireReason(train.note());
    }

    private static void requireMinutes(Optional<Double> minutes) {
        if (minutes.filter(m -> !(m * 60 >= 1 && m <= MAX_MINUTES)).isPresent()) {
            throw invalid("minutes is %s; it must be from 0.02 (one second) to %,d (a week)."
                    .formatted(minutes.get(), MAX_MINUTES));
        }
    }

    private static void check(DetectorRequest detector) {
        ModelName.require(detector.model());
        requireText("data", detector.data());
        requireText("network.from", detector.network().from());
        Optional<Integer> edge = detector.network().edge();
        if (edge.filter(pixels -> pixels % EDGE_STEP != 0 || pixels < MIN_EDGE || pixels > MAX_EDGE)
                .isPresent()) {
            throw invalid(
                    "network.edge is %d; it must be a multiple of %d from %d to %d, as a detector's coarsest grid has cells of %d pixels."
                            .formatted(edge.get(), EDGE_STEP, MIN_EDGE, MAX_EDGE, EDGE_STEP));
        }
        requireMinutes(detector.schedule().minutes());
        requireSteps(detector.schedule().steps());
        if (!detector.split().isEmpty()) {
            Fractions _ = Fractions.parse(detector.split());
        }
        PromotionPolicy _ = PromotionPolicy.of(detector.promote());
        Registry.requireReason(detector.note());
    }

    private static void check(MultiTaskRequest request) {
        ModelName.require(request.model());
        requireText("network.from", request.network().from());
        requireChoice("class_weights", request.classWeights(), WEIGHTS);
        if (request.tasks().size() < 2) {
            throw invalid(
                    "%d task is not several. State two or more, each with a name and data, or train a classifier of one."
                            .formatted(request.tasks().size()));
        }
        Set<String> names = new HashSet<>();
        for (MultiTaskRequest.TaskDataRequest task : request.tasks()) {
            requireText("tasks.name", task.name());
            requireText("tasks.data", task.data());
            if (!TaskHead.NAME.matcher(task.name()).matches()) {
                throw invalid(
                        "The task \"%s\" must be named by 1 to 40 small letters, digits, - and _, such as \"colour\"."
                                .formatted(Printable.brief(task.name())));
            }
            if (!names.add(task.name())) {
                throw invalid(
                        "Two tasks are named \"%s\". Name one of them differently, or put their images into one folder."
                                .formatted(task.name()));
            }
        }
        if (!request.split().isEmpty()) {
            Fractions _ = Fractions.parse(request.split());
        }
        PromotionPolicy _ = PromotionPolicy.of(request.promote());
        Registry.requireReason(request.note());
    }

    /** What a new network and one with learned weights are not both asked for. */
    private static void checkStart(TrainRequest train) {
        TrainRequest.TrainNetworkRequest network = train.network();
        TrainRequest.TrainScheduleRequest schedule = train.schedule();
        requireChoice("network.fit", network.fit(), FITS);
        boolean pretrained = network.backbone().isPresent();
        Map<String, Boolean> stated = new LinkedHashMap<>();
        stated.put("network.family", pretrained && !network.family().isEmpty());
        stated.put("network.size", pretrained && !network.size().isEmpty());
        boolean head = pretrained && !train.fitsNetwork();
        stated.put("network.edge", head && network.edge().isPresent());
        stated.put("schedule.minutes", head && schedule.minutes().isPresent());
        stated.put("schedule.min_epochs", pretrained && schedule.minEpochs().isPresent());
        stated.put("schedule.epochs", head && schedule.epochs().isPresent());
        stated.put("schedule.steps", (head || !pretrained) && !schedule.steps().isEmpty());
        stated.put("network.contract", !pretrained && !network.contract().isEmpty());
        stated.put("network.cut", !pretrained && !network.cut().isEmpty());
        stated.put("network.fit", !pretrained && !network.fit().isEmpty());
        requireSteps(schedule.steps());
        List<String> wrong = stated.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (!wrong.isEmpty()) {
            throw invalid("%s %s not apply %s. Omit %s."
                    .formatted(
                            String.join(", ", wrong),
                            wrong.size() == 1 ? "does" : "do",
                            pretrained
                                    ? head
                                            ? "where a head is fitted to the features of a given network"
                                            : "with network.from, whose network is given"
                                    : "without network.from, the network to start from",
                            wrong.size() == 1 ? "it" : "them"));
        }
    }

    private static void check(AnomalyRequest anomaly) {
        ModelName.require(anomaly.model());
        requireText("data", anomaly.data());
        requireText("network.from", anomaly.network().from());
        requireChoice("network.method", anomaly.network().method(), METHODS);
        double rate = anomaly.rate();
        if (!(rate >= MIN_FALSE_ALARMS && rate < MAX_FALSE_ALARMS)) {
            throw invalid(
                    "false_alarms is %s; it must be from %s to below %s, as 0.01 for one in a hundred good images."
                            .formatted(rate, MIN_FALSE_ALARMS, MAX_FALSE_ALARMS));
        }
        PromotionPolicy _ = PromotionPolicy.of(anomaly.promote());
        Registry.requireReason(anomaly.note());
    }

    private static void check(SearchRequest search) {
        ModelName.require(search.model());
        requireText("data", search.data());
        requireText("bar", search.bar());
        Bar _ = Bar.parse(search.bar());
        double minutes = search.limit();
        if (!(minutes >= MIN_SEARCH && minutes <= MAX_MINUTES)) {
            throw invalid(
                    "minutes is %s; a search reads all images, computes their features in several networks and measures latencies. It must be from %s (half a minute) to %,d (a week); some hundred images take 2, some thousand 10."
                            .formatted(minutes, MIN_SEARCH, MAX_MINUTES));
        }
        PromotionPolicy _ = PromotionPolicy.of(search.promote());
        Registry.requireReason(search.note());
    }

    private static void requireSteps(String steps) {
        try {
            if (!steps.isEmpty()) {
                StepPlan.parse(steps);
            }
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "schedule.steps is \"%s\". Give a number of steps, or the text in a version's settings such as \"640, 590 from 210\"."
                            .formatted(steps));
        }
    }

    private static void check(ImportRequest imported) {
        requireText("file", imported.file());
        if (!imported.model().isEmpty()) {
            ModelName.require(imported.model());
        }
        requireChoice("task", imported.network().task(), TASKS);
        requireChoice("activation", imported.network().activation(), ACTIVATIONS);
        checkDecode(imported);
        requireIn("max-seconds", imported.limits().seconds().map(Integer::doubleValue), 1, 1e9, "1 or more");
        requireIn("max-memory-mb", imported.limits().memoryMb().map(Integer::doubleValue), 1, 1e9, "1 or more");
        PromotionPolicy _ = PromotionPolicy.of(imported.promote());
        Registry.requireReason(imported.note());
    }

    private static void checkDecode(ImportRequest imported) {
        ImportRequest.ImportDecodeRequest decode = imported.network().decode();
        requireChoice("decode", decode.mode(), DECODES);
        requireIn("margin", decode.margin(), 0, 100, "points from 0 to 100");
        if (decode.margin().isPresent() && !decode.measures()) {
            throw invalid("margin applies to decode auto only. Omit it, or use decode auto.");
        }
        if (decode.measures() && imported.data().isEmpty()) {
            throw invalid("decode auto is measured on labelled images. Add data, or use decode exact or fast.");
        }
    }

    private static void check(CascadeRequest cascade) {
        requireText("model", cascade.model());
        requireText("larger", cascade.larger());
        requireText("data", cascade.data());
        ModelRef _ = ModelRef.parse(cascade.larger());
        if (cascade.accuracy().filter(accuracy -> accuracy > 0 && accuracy <= 1).isEmpty()) {
            throw invalid("accuracy is %s; it must be above 0 and not above 1."
                    .formatted(cascade.accuracy().map(String::valueOf).orElse("missing")));
        }
        Registry.requireReason(cascade.reason());
    }

    static Precision precision(QuantizeRequest quantize) {
        return quantize.precision().isEmpty() ? Precision.INT8 : Precision.of(quantize.precision());
    }

    private static void requireText(String field, String value) {
        if (value.isEmpty()) {
            throw invalid("The field \"%s\" is missing.".formatted(field));
        }
    }

    private static void requireChoice(String field, String value, List<String> choices) {
        if (!value.isEmpty() && !choices.contains(value)) {
            throw invalid("%s is \"%s\"; it must be one of %s.".formatted(field, value, String.join(", ", choices)));
        }
    }

    private static void requireIn(String field, Optional<Double> value, double min, double max, String range) {
        if (value.filter(number -> !(number >= min && number <= max)).isPresent()) {
            double number = value.get();
            String text = number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
            throw invalid("%s is %s; it must be %s.".formatted(field, text, range));
        }
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
