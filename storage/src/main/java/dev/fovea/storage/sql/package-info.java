/** Rows in SQLite or PostgreSQL: the ports of the rooms above, the tables, and the handling of damaged rows. */
@NullMarked
package dev.fovea.storage.sql;

import org.jspecify.annotations.NullMarked;
