package dev.fovea.pipeline.advice;

/**
 * Prices, in any one currency. The defaults are assumptions for a first look and nobody's quote: replace them.
 *
 * @param apiPerThousand of a service, for 1,000 images
 * @param labelPerImage of a person's label
 * @param dayOfWork of one person
 * @param machinePerMonth of a machine that runs the model
 * @param imagesPerMachine that one machine answers in a month
 * @param supplierSetup of a model that a supplier builds
 * @param upkeepDays of work in a month for an own model
 * @param unsureShare of the images that an own model hands to a service, 0 to 1
 */
public record CostAssumptions(
        double apiPerThousand,
        double labelPerImage,
        double dayOfWork,
        double machinePerMonth,
        double imagesPerMachine,
        double supplierSetup,
        double upkeepDays,
        double unsureShare) {

    /** Assumptions of December 2026. */
    public static final CostAssumptions DEFAULT = new CostAssumptions(1.5, 0.05, 600, 80, 20_000_000, 25_000, 1, 0.1);

    public CostAssumptions {
        notNegative("api-price", apiPerThousand);
        notNegative("label-price", labelPerImage);
        notNegative("day-rate", dayOfWork);
        notNegative("machine-price", machinePerMonth);
        Situation.require(imagesPerMachine > 0, "images-per-machine", imagesPerMachine, "above 0");
        notNegative("supplier-price", supplierSetup);
        notNegative("upkeep-days", upkeepDays);
        Situation.require(unsureShare >= 0 && unsureShare <= 1, "unsure-share", unsureShare, "from 0 to 1");
    }

    private static void notNegative(String field, double value) {
        Situation.require(value >= 0 && Double.isFinite(value), field, value, "0 or more");
    }
}
