package dev.fovea.pipeline.advice;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.advice.Situation.ImagePrivacy;
import dev.fovea.pipeline.advice.Situation.ImagesAtHand;
import dev.fovea.pipeline.advice.Situation.RunPlace;
import dev.fovea.pipeline.advice.Situation.TeamSkill;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of fields as text, from options, a file and questions; later ones replace earlier ones. One thread. */
public final class AdviceValues {

    private final Map<AdviceField, String> stated = new EnumMap<>(AdviceField.class);

    /**
     * Sets a value.
     *
     * @param key as {@link AdviceField#key}
     * @throws FoveaException {@code ARGUMENT_INVALID} for an unknown key
     */
    public void put(String key, String value) {
        AdviceField field = Stream.of(AdviceField.values())
                .filter(each -> each.key().equals(key.replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"%s\" is unknown. It is one of %s."
                                .formatted(
                                        key,
                                        Stream.of(AdviceField.values())
                                                .map(AdviceField::key)
                                                .collect(Collectors.joining(", ")))));
        put(field, value);
    }

    /** The same for a field. */
    public void put(AdviceField field, String value) {
        stated.put(field, value.strip());
    }

    /** Whether a value was stated. */
    public boolean has(AdviceField field) {
        return stated.containsKey(field);
    }

    /**
     * The order of these values, and of defaults for what is not stated.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for a value that is no number, or out of range
     */
    public AdviceOrder order(Optional<PilotResult> pilot) {
        pilot.ifPresent(this::counted);
        Map<Criterion, Double> weights = new EnumMap<>(Criterion.class);
        weights.put(Criterion.ACCURACY, number(AdviceField.WEIGHT_ACCURACY));
        weights.put(Criterion.TIME, number(AdviceField.WEIGHT_TIME));
        weights.put(Criterion.COST, number(AdviceField.WEIGHT_COST));
        weights.put(Criterion.CONTROL, number(AdviceField.WEIGHT_CONTROL));
        weights.put(Criterion.EFFORT, number(AdviceField.WEIGHT_EFFORT));
        return new AdviceOrder(situation(), prices(), weights, (int) whole(AdviceField.MONTHS), pilot);
    }

    /** The images of a pilot are at hand. */
    private void counted(PilotResult pilot) {
        stated.putIfAbsent(AdviceField.IMAGES, Integer.toString(pilot.atHand()));
        stated.putIfAbsent(AdviceField.LABELLED, Integer.toString(pilot.atHand()));
        stated.putIfAbsent(AdviceField.CLASSES, Integer.toString(pilot.classes()));
    }

    private Situation situation() {
        return new Situation(
                new ImagesAtHand((int) whole(AdviceField.IMAGES), (int) whole(AdviceField.LABELLED)),
                (int) whole(AdviceField.CLASSES),
                word(AdviceField.TEAM, List.of(TeamSkill.values()), TeamSkill::word),
                (int) whole(AdviceField.DEADLINE_DAYS),
                word(AdviceField.PRIVACY, List.of(ImagePrivacy.values()), ImagePrivacy::word),
                number(AdviceField.ACCURACY),
                word(AdviceField.PLACE, List.of(RunPlace.values()), RunPlace::word),
                whole(AdviceField.VOLUME));
    }

    private CostAssumptions prices() {
        return new CostAssumptions(
                number(AdviceField.API_PRICE),
                number(AdviceField.LABEL_PRICE),
                number(AdviceField.DAY_RATE),
                number(AdviceField.MACHINE_PRICE),
                number(AdviceField.IMAGES_PER_MACHINE),
                number(AdviceField.SUPPLIER_PRICE),
                number(AdviceField.UPKEEP_DAYS),
                number(AdviceField.UNSURE_SHARE));
    }

    private String text(AdviceField field) {
        return stated.getOrDefault(field, field.usual());
    }

    private double number(AdviceField field) {
        try {
            return Double.parseDouble(text(field));
        } catch (NumberFormatException e) {
            throw invalid(field, "it must be a number, as " + field.usual());
        }
    }

    private long whole(AdviceField field) {
        double number = number(field);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE * 100.0) {
            throw invalid(field, "it must be a whole number, as " + field.usual());
        }
        if (field != AdviceField.VOLUME && Math.abs(number) > Integer.MAX_VALUE) {
            throw invalid(field, "it must be smaller");
        }
        return (long) number;
    }

    private <T> T word(AdviceField field, List<T> choices, Function<T, String> word) {
        return choices.stream()
                .filter(each -> word.apply(each).equals(text(field)))
                .findFirst()
                .orElseThrow(() -> invalid(
                        field, "it must be one of " + choices.stream().map(word).collect(Collectors.joining(", "))));
    }

    private FoveaException invalid(AdviceField field, String what) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s is \"%s\"; %s.".formatted(field.key(), text(field), what));
    }
}
