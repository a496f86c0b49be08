package dev.fovea.pipeline.curation;

import dev.fovea.datasets.similarity.SplitLeaks;
import dev.fovea.labels.design.ClassSeparation;
import java.util.List;
import java.util.Optional;

/**
 * What a check of a data set found.
 *
 * @param compared the images that were read
 * @param labels by how suspect they are
 * @param separation how well the embeddings tell the classes apart; empty unless the task is classification
 * @param nearDuplicates images that are nearly the same by their perceptual hash or descriptor
 * @param leaks images of one split that also stand in another one in some way
 * @param strangers images that do not belong to the set, the strangest first
 * @param next unlabelled images whose labels would teach most
 */
public record DatasetFindings(
        ComparedImages compared,
        LabelFindings labels,
        Optional<ClassSeparation> separation,
        List<NearPair> nearDuplicates,
        List<LeakedImage> leaks,
        List<Stranger> strangers,
        NextImages next) {

    /**
     * The images that were read.
     *
     * @param embeddings what embedded them, for people
     * @param images their number
     * @param unreadable one sentence for each image that could not be read
     */
    public record ComparedImages(String embeddings, int images, List<String> unreadable) {
        public ComparedImages {
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Two images; whether their labels differ. */
    public record NearPair(String hash, String source, String otherHash, String otherSource, boolean conflicting) {}

    /** An image in the less protected split of two, and the one that it belongs to. */
    public record LeakedImage(
            SplitLeaks.LeakReason reason, String hash, String source, String twinHash, String twinSource) {}

    /** An image far from its own class and from every other one, in robust standard deviations. */
    public record Stranger(String hash, String source, double deviations) {}

    /** The first findings of each kind. */
    public DatasetFindings first(int count) {
        return new DatasetFindings(
                new ComparedImages(compared.embeddings(), compared.images(), first(compared.unreadable(), count)),
                labels.first(count),
                separation,
                first(nearDuplicates, count),
                first(leaks, count),
                first(strangers, count),
                next.first(count));
    }

    private static <T> List<T> first(List<T> findings, int count) {
        return findings.subList(0, Math.min(count, findings.size()));
    }

    public DatasetFindings {
        nearDuplicates = List.copyOf(nearDuplicates);
        leaks = List.copyOf(leaks);
        strangers = List.copyOf(strangers);
    }
}
