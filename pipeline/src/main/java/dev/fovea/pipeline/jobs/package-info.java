/** What every job uses: the journal, scratch space, the registrar, promotion policy, data roots. */
@NullMarked
package dev.fovea.pipeline.jobs;

import org.jspecify.annotations.NullMarked;
