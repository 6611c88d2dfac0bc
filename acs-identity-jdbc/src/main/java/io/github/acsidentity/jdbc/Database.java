/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.util.Arrays;

/** The databases that {@link JdbcUserMappingStore} knows. */
public enum Database {
    /** H2 2.x, for tests and demonstrations. */
    H2("h2", "", " LIMIT ?"),

    /** MySQL 8.0.16 and later, and MariaDB 10.6 and later. */
    MYSQL("mysql", "", " LIMIT ?"),

    /** PostgreSQL 13 and later. There, a failed INSERT would spoil the transaction that it is in. */
    POSTGRESQL("postgresql", " ON CONFLICT DO NOTHING", " LIMIT ?"),

    /** Microsoft SQL Server 2016 and later, and Azure SQL. */
    SQL_SERVER("sqlserver", "", " OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY");

    private final String scriptName;
    private final String ifAbsent;
    private final String limit;

    Database(String scriptName, String ifAbsent, String limit) {
        this.scriptName = scriptName;
        this.ifAbsent = ifAbsent;
        this.limit = limit;
    }

    static Database ofProduct(String productName) {
        return switch (productName) {
            case "H2" -> H2;
            case "MySQL", "MariaDB" -> MYSQL;
            case "PostgreSQL" -> POSTGRESQL;
            case "Microsoft SQL Server" -> SQL_SERVER;
            default ->
                throw new IllegalStateException("The database must be one of " + Arrays.toString(values())
                        + ", but calls itself " + productName + ": name the one that it behaves like to the builder");
        };
    }

    /** The script that makes the tables, in a place that modules do not encapsulate. */
    String script() {
        return "/META-INF/acs-identity/schema-" + scriptName + ".sql";
    }

    /** What makes an INSERT do nothing if a key is there already; without it the statement fails. */
    String ifAbsent() {
        return ifAbsent;
    }

    String limit() {
        return limit;
    }
}
