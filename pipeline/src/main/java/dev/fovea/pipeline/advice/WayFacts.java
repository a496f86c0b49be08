package dev.fovea.pipeline.advice;

import dev.fovea.pipeline.advice.Situation.ImagePrivacy;
import dev.fovea.pipeline.advice.Situation.RunPlace;
import dev.fovea.pipeline.advice.Situation.TeamSkill;
import java.util.ArrayList;
import java.util.List;

/** The rules of the advice: what a way needs, what rules it out, and its risks. Pure; every number is stated. */
final class WayFacts {

    /** Labelled images of each class that a head on a pretrained network needs to be worth a look. */
    static final int HEAD_IMAGES = 25;

    /** And that a network from scratch needs. */
    static final int SCRATCH_IMAGES = 500;

    /** Images that a person labels in a day. */
    private static final int LABELS_A_DAY = 2000;

    private WayFacts() {}

    /** Labelled images of each class that there are. */
    static double labelledPerClass(Situation situation) {
        return (double) situation.images().labelled() / situation.classes();
    }

    /** Labels of each class that a way needs. */
    static int labelsNeeded(Way way) {
        return switch (way) {
            case API -> 0;
            case FINE_TUNE, BLEND, SUPPLIER -> HEAD_IMAGES;
            case SCRATCH -> SCRATCH_IMAGES;
        };
    }

    /** Labels that are still to be bought, or made. */
    static long labelsToBuy(Way way, Situation situation) {
        return Math.max(
                0,
                (long) labelsNeeded(way) * situation.classes()
                        - situation.images().labelled());
    }

    /** Days of work until it answers in production, labels included. */
    static double workDays(Way way, Situation situation) {
        double skill = situation.team() == TeamSkill.DEVELOPERS ? 2 : 1;
        double setup = switch (way) {
            case API -> 2;
            case SUPPLIER -> 5;
            case FINE_TUNE -> 3 * skill;
            case SCRATCH -> 10 * skill;
            case BLEND -> 5 * skill;
        };
        return setup + (double) labelsToBuy(way, situation) / LABELS_A_DAY;
    }

    /** Calendar days until it answers in production. */
    static double calendarDays(Way way, Situation situation) {
        return way == Way.SUPPLIER ? 60 : workDays(way, situation);
    }

    /** What rules a way out, in sentences; empty where nothing does. */
    static List<String> ruledOut(Way way, Situation situation) {
        List<String> reasons = new ArrayList<>();
        if (way.sendsImages() && situation.privacy() == ImagePrivacy.INTERNAL) {
            reasons.add("Images must not leave the machines.");
        }
        if (way.sendsImages() && situation.place() == RunPlace.OFFLINE) {
            reasons.add("There is no network where the model runs.");
        }
        long missing = labelsToBuy(way, situation);
        long unlabelled = (long) situation.images().count() - situation.images().labelled();
        if (missing > unlabelled) {
            reasons.add("It needs about %,d labelled images of each class; with all images labelled there are %,d."
                    .formatted(labelsNeeded(way), situation.images().count() / situation.classes()));
        }
        if (calendarDays(way, situation) > situation.deadlineDays()) {
            reasons.add("It takes about %.0f days; the deadline is in %,d."
                    .formatted(calendarDays(way, situation), situation.deadlineDays()));
        }
        if (way == Way.SCRATCH && situation.team() == TeamSkill.DEVELOPERS) {
            reasons.add("Nobody in the team has trained or run models.");
        }
        return reasons;
    }

    /** What can go wrong, in sentences. */
    static List<String> risks(Way way, Situation situation) {
        List<String> risks = new ArrayList<>();
        switch (way) {
            case API -> {
                risks.add("The service knows its own classes: measure it on your images before you rely on it.");
                risks.add("Its model changes without notice, and so do price and terms.");
            }
            case SUPPLIER -> {
                risks.add("Each change of the task is a new order. Agree on who owns model and labels.");
                risks.add("Accept it by your own test images, not by the supplier's.");
            }
            case FINE_TUNE -> {
                risks.add("Images change: drift must be watched, and someone must train again.");
                risks.add("The licence of the pretrained weights must allow the use.");
            }
            case SCRATCH -> {
                risks.add("With few images it is worse than a pretrained network, and training takes longer.");
                risks.add("Images change: drift must be watched, and someone must train again.");
            }
            case BLEND -> {
                risks.add("Two parts to keep up. The share that goes to the service grows when images change.");
                risks.add("The threshold must be planned again after each version.");
            }
        }
        if (way.sendsImages() && situation.privacy() == ImagePrivacy.CONTRACT) {
            risks.add("Images leave the machines: a contract on data processing is needed first.");
        }
        return risks;
    }

    /** A score from 0 to 1 for a criterion other than cost, from the rules alone. */
    static double score(Criterion criterion, Way way, Situation situation) {
        return switch (criterion) {
            case ACCURACY -> accuracy(way, situation);
            case TIME -> Math.clamp(1 - calendarDays(way, situation) / (2.0 * situation.deadlineDays()), 0, 1);
            case COST -> throw new IllegalArgumentException("cost is relative to other ways");
            case CONTROL ->
                switch (way) {
                    case API -> situation.privacy() == ImagePrivacy.PUBLIC ? 0.4 : 0.2;
                    case SUPPLIER -> 0.5;
                    case BLEND -> situation.privacy() == ImagePrivacy.PUBLIC ? 0.7 : 0.5;
                    case FINE_TUNE -> 0.9;
                    case SCRATCH -> 1;
                };
            case EFFORT ->
                switch (way) {
                    case API -> 1;
                    case SUPPLIER -> 0.8;
                    case FINE_TUNE -> situation.team() == TeamSkill.DEVELOPERS ? 0.5 : 0.7;
                    case BLEND -> situation.team() == TeamSkill.DEVELOPERS ? 0.3 : 0.5;
                    case SCRATCH -> situation.team() == TeamSkill.MODELLERS ? 0.4 : 0.1;
                };
        };
    }

    /** Without a pilot: more labelled images help own models, and a general service rarely knows one's own classes. */
    private static double accuracy(Way way, Situation situation) {
        double images = labelledPerClass(situation);
        double learned = images / (images + HEAD_IMAGES);
        return switch (way) {
            case API -> 0.4;
            case SUPPLIER -> 0.7;
            case FINE_TUNE -> 0.4 + 0.5 * learned;
            case BLEND -> 0.5 + 0.5 * learned;
            case SCRATCH -> 0.9 * images / (images + SCRATCH_IMAGES);
        };
    }
}
