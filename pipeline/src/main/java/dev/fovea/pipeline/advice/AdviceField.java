package dev.fovea.pipeline.advice;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What advice is made from: the same names as options, in JSON and as questions. */
public enum AdviceField {
    IMAGES("How many images do you have", "0", Group.SITUATION),
    LABELLED("How many of them have labels", "0", Group.SITUATION),
    CLASSES("How many classes are told apart", "2", Group.SITUATION),
    TEAM(
            "Who works on it (developers, operators who have run models, modellers who have trained some)",
            "developers",
            Group.SITUATION),
    DEADLINE_DAYS("In how many days must it work", "30", Group.SITUATION),
    PRIVACY(
            "Where may images go (public: to any service, contract: to one with a contract, internal: nowhere)",
            "contract",
            Group.SITUATION),
    ACCURACY("Which share must be right", "0.9", Group.SITUATION),
    PLACE("Where does the model run (cloud, own-servers, device, offline)", "cloud", Group.SITUATION),
    VOLUME("How many images come in a month", "100000", Group.SITUATION),
    MONTHS("Over how many months are costs compared", "12", Group.SITUATION),
    API_PRICE("Price of a service for 1,000 images", Default.of(CostAssumptions.DEFAULT.apiPerThousand()), Group.PRICE),
    LABEL_PRICE("Price of one label", Default.of(CostAssumptions.DEFAULT.labelPerImage()), Group.PRICE),
    DAY_RATE("Price of a day of work", Default.of(CostAssumptions.DEFAULT.dayOfWork()), Group.PRICE),
    MACHINE_PRICE("Price of a machine in a month", Default.of(CostAssumptions.DEFAULT.machinePerMonth()), Group.PRICE),
    IMAGES_PER_MACHINE(
            "Images that a machine answers in a month",
            Default.of(CostAssumptions.DEFAULT.imagesPerMachine()),
            Group.PRICE),
    SUPPLIER_PRICE(
            "Price of a model that a supplier builds",
            Default.of(CostAssumptions.DEFAULT.supplierSetup()),
            Group.PRICE),
    UPKEEP_DAYS(
            "Days of work in a month for an own model", Default.of(CostAssumptions.DEFAULT.upkeepDays()), Group.PRICE),
    UNSURE_SHARE(
            "Share of the images that an own model hands to a service",
            Default.of(CostAssumptions.DEFAULT.unsureShare()),
            Group.PRICE),
    WEIGHT_ACCURACY("Weight of accuracy", Default.of(AdviceOrder.weight(Criterion.ACCURACY)), Group.WEIGHT),
    WEIGHT_TIME("Weight of time", Default.of(AdviceOrder.weight(Criterion.TIME)), Group.WEIGHT),
    WEIGHT_COST("Weight of cost", Default.of(AdviceOrder.weight(Criterion.COST)), Group.WEIGHT),
    WEIGHT_CONTROL("Weight of control", Default.of(AdviceOrder.weight(Criterion.CONTROL)), Group.WEIGHT),
    WEIGHT_EFFORT("Weight of effort", Default.of(AdviceOrder.weight(Criterion.EFFORT)), Group.WEIGHT);

    /** What a field is about. */
    public enum Group {
        SITUATION,
        PRICE,
        WEIGHT
    }

    private final String question;
    private final String usual;
    private final Group group;

    AdviceField(String question, String usual, Group group) {
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

    public Group group() {
        return group;
    }

    /** As an option and in JSON, as {@code deadline-days}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those of a group. */
    public static List<AdviceField> of(Group group) {
        return Stream.of(values()).filter(field -> field.group == group).toList();
    }

    private static final class Default {

        static String of(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }
}
