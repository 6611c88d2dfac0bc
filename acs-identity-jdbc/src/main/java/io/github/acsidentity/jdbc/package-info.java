/**
 * User mappings in a relational database.
 *
 * <p>{@link io.github.acsidentity.jdbc.JdbcUserMappingStore} is the entry point. The scripts that make its tables are
 * resources of this package: {@code schema-h2.sql}, {@code schema-mysql.sql}, {@code schema-postgresql.sql} and
 * {@code schema-sqlserver.sql}.
 */
@NullMarked
package io.github.acsidentity.jdbc;

import org.jspecify.annotations.NullMarked;
