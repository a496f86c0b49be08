package dev.fovea.pipeline.advice;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What advice is made from: the same names as options, in JSON and as questions. */
public enum AdviceField {
    IMAGES("How many images do you have", "0", FieldGroup.SITUATION),
    LABELLED("How many of them have labels", "0", FieldGroup.SITUATION),
    CLASSES("How many classes are told apart", "2", FieldGroup.SITUATION),
    TEAM(
            "Who works on it (developers, operators who have run models, modellers who have trained some)",
            "developers",
            FieldGroup.SITUATION),
    DEADLINE_DAYS("In how many days must it work", "30", FieldGroup.SITUATION),
    PRIVACY(
            "Where may images go (public: to any service, contract: to one with a contract, internal: nowhere)",
            "contract",
            FieldGroup.SITUATION),
    ACCURACY("Which share must be right", "0.9", FieldGroup.SITUATION),
    PLACE("Where does the model run (cloud, own-servers, device, offline)", "cloud", FieldGroup.SITUATION),
    VOLUME("How many images come in a month", "100000", FieldGroup.SITUATION),
    MONTHS("Over how many months are costs compared", "12", FieldGroup.SITUATION),
    API_PRICE(
            "Price of a service for 1,000 images",
            Default.of(CostAssumptions.DEFAULT.apiPerThousand()),
            FieldGroup.PRICE),
    LABEL_PRICE("Price of one label", Default.of(CostAssumptions.DEFAULT.labelPerImage()), FieldGroup.PRICE),
    DAY_RATE("Price of a day of work", Default.of(CostAssumptions.DEFAULT.dayOfWork()), FieldGroup.PRICE),
    MACHINE_PRICE(
            "Price of a machine in a month", Default.of(CostAssumptions.DEFAULT.machinePerMonth()), FieldGroup.PRICE),
    IMAGES_PER_MACHINE(
            "Images that a machine answers in a month",
            Default.of(CostAssumptions.DEFAULT.imagesPerMachine()),
            FieldGroup.PRICE),
    SUPPLIER_PRICE(
            "Price of a model that a supplier builds",
            Default.of(CostAssumptions.DEFAULT.supplierSetup()),
            FieldGroup.PRICE),
    UPKEEP_DAYS(
            "Days of work in a month for an own model",
            Default.of(CostAssumptions.DEFAULT.upkeepDays()),
            FieldGroup.PRICE),
    UNSURE_SHARE(
            "Share of the images that an own model hands to a service",
            Default.of(CostAssumptions.DEFAULT.unsureShare()),
            FieldGroup.PRICE),
    WEIGHT_ACCURACY("Weight of accuracy", Default.of(AdviceOrder.weight(Criterion.ACCURACY)), FieldGroup.WEIGHT),
    WEIGHT_TIME("Weight of time", Default.of(AdviceOrder.weight(Criterion.TIME)), FieldGroup.WEIGHT),
    WEIGHT_COST("Weight of cost", Default.of(AdviceOrder.weight(Criterion.COST)), FieldGroup.WEIGHT),
    WEIGHT_CONTROL("Weight of control", Default.of(AdviceOrder.weight(Criterion.CONTROL)), FieldGroup.WEIGHT),
    WEIGHT_EFFORT("Weight of effort", Default.of(AdviceOrder.weight(Criterion.EFFORT)), FieldGroup.WEIGHT);

    /** What a field is about. */
    public enum FieldGroup {
        SITUATION,
        PRICE,
        WEIGHT
    }

    private final String question;
    private final String usual;
    private final FieldGroup group;

    AdviceField(String question, String usual, FieldGroup group) {
        this.question = question;
        this.usual = usual;
        this.group = group;
    }

    /** For people, without a question mark. */
    public String question() {
        return question;
    }

    /** The value where none is stated. */
    public String usual() {
        return usual;
    }

    public FieldGroup group() {
        return group;
    }

    /** As an option and in JSON, as {@code deadline-days}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those of a group. */
    public static List<AdviceField> of(FieldGroup group) {
        return Stream.of(values()).filter(field -> field.group == group).toList();
    }

    private static final class Default {

        static String of(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }
}
