/**
 * User mappings in a relational database.
 *
 * <p>{@link io.github.acsidentity.jdbc.JdbcUserMappingStore} is the entry point. The scripts that make its tables are
 * the resources {@code schema-h2.sql}, {@code schema-mysql.sql}, {@code schema-postgresql.sql} and
 * {@code schema-sqlserver.sql} in {@code META-INF/acs-identity}. The page {@code docs/guide/user-directory.md} of the
 * project says what the tables hold, which of it is personal data, and how erasures, backups and transactions go
 * together.
 */
@NullMarked
package io.github.acsidentity.jdbc;

import org.jspecify.annotations.NullMarked;
