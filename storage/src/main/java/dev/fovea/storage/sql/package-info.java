/** Rows in SQLite or PostgreSQL: the ports of the rooms above, the tables, and how damaged rows are left out. */
@NullMarked
package dev.fovea.storage.sql;

import org.jspecify.annotations.NullMarked;
