package dev.fovea.pipeline.advice;

import java.util.OptionalDouble;

/**
 * What a way costs.
 *
 * @param setup once
 * @param perMonth besides images
 * @param perThousand images
 */
public record WayCost(double setup, double perMonth, double perThousand) {

    private static final double THOUSAND = 1000;

    /** Of some months with a number of images in each. */
    public double total(double months, double volume) {
        return setup + months * (perMonth + volume / THOUSAND * perThousand);
    }

    /** A way's setup in days, its labels and upkeep under the assumptions. */
    static WayCost of(Way way, Situation situation, CostAssumptions prices) {
        double machines = Math.ceil(situation.volume() / prices.imagesPerMachine());
        double own = machines * prices.machinePerMonth() + prices.upkeepDays() * prices.dayOfWork();
        double labels = WayFacts.labelsToBuy(way, situation) * prices.labelPerImage();
        double work = WayFacts.workDays(way, situation) * prices.dayOfWork();
        return switch (way) {
            case API -> new WayCost(work, 0, prices.apiPerThousand());
            case SUPPLIER -> new WayCost(work + labels + prices.supplierSetup(), own, 0);
            case FINE_TUNE, SCRATCH -> new WayCost(work + labels, own, 0);
            case BLEND -> new WayCost(work + labels, own, prices.unsureShare() * prices.apiPerThousand());
        };
    }

    /** From which volume a month on this is cheaper than another way over some months; empty where it never is. */
    OptionalDouble cheaperFrom(WayCost other, double months) {
        double fixed = setup - other.setup + months * (perMonth - other.perMonth);
        double gain = months * (other.perThousand - perThousand) / THOUSAND;
        if (gain <= 0) {
            return fixed < 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.max(0, fixed / gain));
    }

    /** After how many months this is cheaper than another way at a volume; empty where it never is. */
    OptionalDouble cheaperAfter(WayCost other, double volume) {
        double saved = other.perMonth - perMonth + volume / THOUSAND * (other.perThousand - perThousand);
        double more = setup - other.setup;
        if (more <= 0) {
            return saved >= 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        return saved > 0 ? OptionalDouble.of(more / saved) : OptionalDouble.empty();
    }
}
