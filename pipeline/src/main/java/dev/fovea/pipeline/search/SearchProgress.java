package dev.fovea.pipeline.search;

/** Hears how far a search has come, on its thread. */
public interface SearchProgress {

    /**
     * So far.
     *
     * @param fraction of the time, 0 to 1
     * @param detail in a few words
     */
    void at(double fraction, String detail);

    /** Something that a person should know, in a sentence. */
    void note(String sentence);
}
