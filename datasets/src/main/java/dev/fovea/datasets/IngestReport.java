package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.quality.QualityFlag;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings in a folder of labelled images and their handling. Files are named relative to the folder.
 *
 * @param folder the folder, or the name of the curated version that was written to it
 * @param divided whether the folder has train, val or test folders
 * @param datasetVersion the id of the list of images, or the name of a curated version
 * @param counts numbers of files and images
 * @param files findings on single files
 * @param duplicates images that occur more than once
 * @param quality images with a measure out of bounds; kept
 * @param warnings warnings to check before training
 */
public record IngestReport(
        String folder,
        boolean divided,
        String datasetVersion,
        IngestCounts counts,
        FileFindings files,
        DuplicateFindings duplicates,
        QualityFindings quality,
        List<String> warnings) {

    /** A file that does not decode, with the reason as code and as words. */
    public record Refusal(String path, ErrorCode code, String message) {}

    /** An image whose name does not fit its format. */
    public record WrongExtension(String path, ImageFormat format) {}

    /** An image of a group. */
    public record Member(String path, String label, String split) {}

    /** Duplicates or near-duplicates. */
    public record Group(List<Member> members) {
        public Group {
            members = List.copyOf(members);
        }

        /** Whether the members bear different labels. */
        public boolean conflicting() {
            return members.stream().map(Member::label).distinct().count() > 1;
        }
    }

    /**
     * An image that was dropped from its split.
     *
     * @param dropped the image
     * @param twin the image in the more protected split
     * @param exact whether the two have the same bytes; otherwise they are near-duplicates
     */
    public record Leak(Member dropped, Member twin, boolean exact) {}

    /** An image and the measure that is out of bounds. */
    public record Measured(String path, double value) {}

    /**
     * Numbers of files and images.
     *
     * @param files number of files in class folders
     * @param images number of files that decode
     * @param kept number of images in the version, after deduplication
     * @param balance kept images by label and split, sorted by label
     */
    public record IngestCounts(int files, int images, int kept, Map<String, Map<String, Integer>> balance) {
        public IngestCounts {
            balance = Collections.unmodifiableSortedMap(new TreeMap<>(balance));
        }
    }

    /**
     * Findings on single files.
     *
     * @param refused files with an image extension that do not decode; dropped
     * @param wrongExtensions images whose extension is of another format; kept
     * @param skipped hidden files and files that are no images
     */
    public record FileFindings(List<Refusal> refused, List<WrongExtension> wrongExtensions, List<SkippedFile> skipped) {
        public FileFindings {
            refused = List.copyOf(refused);
            wrongExtensions = List.copyOf(wrongExtensions);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Images that occur more than once.
     *
     * @param exact files with the same bytes; kept once, or not at all when their labels differ
     * @param near near-duplicates; kept
     * @param leaks images with a duplicate or near-duplicate in a more protected split; dropped
     */
    public record DuplicateFindings(List<Group> exact, List<Group> near, List<Leak> leaks) {
        public DuplicateFindings {
            exact = List.copyOf(exact);
            near = List.copyOf(near);
            leaks = List.copyOf(leaks);
        }

        /** Duplicates with different labels; none of their files is kept. */
        public List<Group> conflicts() {
            return exact.stream().filter(Group::conflicting).toList();
        }

        /** Groups of near-duplicates with different labels; all are kept. */
        public List<Group> doubtful() {
            return near.stream().filter(Group::conflicting).toList();
        }
    }

    /**
     * Images with a measure out of bounds; kept.
     *
     * @param byFlag images by {@link QualityFlag#label}; every flag is there, in the order of the flags
     */
    public record QualityFindings(Map<String, List<Measured>> byFlag) {
        public QualityFindings {
            byFlag = Collections.unmodifiableMap(new LinkedHashMap<>(byFlag));
        }

        /** The images that a flag applies to, each with the flag's measure. */
        public List<Measured> of(QualityFlag flag) {
            return byFlag.getOrDefault(flag.label(), List.of());
        }
    }

    public IngestReport {
        warnings = List.copyOf(warnings);
    }

    /** The same report for people who know the images as a version of a curated data set, by its name. */
    public IngestReport of(String version) {
        return new IngestReport(version, divided, version, counts, files, duplicates, quality, warnings);
    }

    /** The same report on the version that was made by dividing this one's images. */
    public IngestReport on(DatasetVersion version) {
        return new IngestReport(
                folder,
                divided,
                version.id(),
                new IngestCounts(counts.files(), counts.images(), counts.kept(), IngestFindings.balance(version)),
                files,
                duplicates,
                quality,
                warnings);
    }
}
