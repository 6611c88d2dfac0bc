/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

/** The texts of all statements for one database and table. */
final class Statements {

    final String find;
    final String findUser;
    final String insertReserved;
    final String insertBound;
    final String takeOver;
    final String bind;
    final String deleteReserved;
    final String markErasing;
    final String deleteErasing;
    final String expired;
    final String erasing;
    final String erasingAfter;
    final String insertAttempt;
    final String setDiscarded;
    final String deleteUnknown;
    final String deleteDiscarded;
    final String discarded;
    final String discardedAfter;
    final String unknown;
    final String stats;

    Statements(Database database, TableName table) {
        String mappings = table.mappings();
        String attempts = table.attempts();
        String byId = " WHERE id_hash = ?";
        String ofAttempt = byId + " AND state = 'RESERVED' AND request_id = ?";

        find = "SELECT state, user_id, request_id, started_at, expires_at FROM " + mappings + byId;
        findUser = "SELECT state, namespace, external_id FROM " + mappings + " WHERE user_id = ?";
        insertReserved = "INSERT INTO " + mappings
                + " (id_hash, namespace, external_id, state, request_id, started_at, expires_at)"
                + " VALUES (?, ?, ?, 'RESERVED', ?, ?, ?)" + database.ifAbsent();
        insertBound = "INSERT INTO " + mappings + " (id_hash, namespace, external_id, state, user_id, resource_id)"
                + " VALUES (?, ?, ?, 'BOUND', ?, ?)" + database.ifAbsent();
        takeOver = "UPDATE " + mappings + " SET request_id = ?, started_at = ?, expires_at = ?" + ofAttempt;
        bind = "UPDATE " + mappings + " SET state = 'BOUND', user_id = ?, resource_id = ?, request_id = NULL,"
                + " started_at = NULL, expires_at = NULL" + ofAttempt;
        deleteReserved = "DELETE FROM " + mappings + ofAttempt;
        markErasing = "UPDATE " + mappings + " SET state = 'ERASING'" + byId + " AND state = 'BOUND' AND user_id = ?";
        deleteErasing = "DELETE FROM " + mappings + byId + " AND state = 'ERASING' AND user_id = ?";
        expired = "SELECT id_hash, request_id, started_at, expires_at FROM " + mappings
                + " WHERE state = 'RESERVED' AND expires_at <= ? ORDER BY expires_at" + database.limit();
        String selectErasing = "SELECT namespace, external_id, user_id FROM " + mappings + " WHERE state = 'ERASING'";
        erasing = selectErasing + " ORDER BY id_hash" + database.limit();
        erasingAfter = selectErasing + " AND id_hash > ? ORDER BY id_hash" + database.limit();

        insertAttempt = "INSERT INTO " + attempts + " (request_id, started_at, expires_at, user_id)"
                + " VALUES (?, ?, ?, ?)" + database.ifAbsent();
        setDiscarded = "UPDATE " + attempts + " SET user_id = ? WHERE request_id = ?";
        deleteUnknown = "DELETE FROM " + attempts + " WHERE request_id = ? AND user_id IS NULL";
        deleteDiscarded = "DELETE FROM " + attempts + " WHERE request_id = ? AND user_id IS NOT NULL";
        String selectDiscarded =
                "SELECT request_id, started_at, expires_at, user_id FROM " + attempts + " WHERE user_id IS NOT NULL";
        discarded = selectDiscarded + " ORDER BY request_id" + database.limit();
        discardedAfter = selectDiscarded + " AND request_id > ? ORDER BY request_id" + database.limit();
        unknown = "SELECT request_id, started_at, expires_at FROM " + attempts
                + " WHERE user_id IS NULL ORDER BY started_at DESC, request_id" + database.limit();

        String count = "(SELECT COUNT(*) FROM ";
        stats = "SELECT " + count + mappings + " WHERE state = 'BOUND'), " + count + mappings
                + " WHERE state = 'RESERVED'), " + count + mappings + " WHERE state = 'ERASING'), " + count + attempts
                + " WHERE user_id IS NOT NULL), " + count + attempts + " WHERE user_id IS NULL), " + count + mappings
                + " WHERE state = 'RESERVED' AND expires_at <= ?)";
    }
}
