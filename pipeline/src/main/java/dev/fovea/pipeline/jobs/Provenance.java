package dev.fovea.pipeline.jobs;

/**
 * The origin of new models, for lineage and the audit trail.
 *
 * @param codeVersion the program's version
 * @param machine in words
 * @param who the person or program that requests it
 */
public record Provenance(String codeVersion, String machine, String who) {}
