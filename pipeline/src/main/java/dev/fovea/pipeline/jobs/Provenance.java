package dev.fovea.pipeline.jobs;

/**
 * Who makes models here, for lineage and the trail.
 *
 * @param codeVersion the program's version
 * @param machine in words
 * @param who the person or program that asks
 */
public record Provenance(String codeVersion, String machine, String who) {}
