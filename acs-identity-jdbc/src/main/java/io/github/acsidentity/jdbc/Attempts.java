/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.UserMapping.Erasing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists and counts for those who clean up. */
final class Attempts {

    private static final int BATCH = 500;

    private final Session session;
    private final Operations operations;

    Attempts(Session session, Operations operations) {
        this.session = session;
        this.operations = operations;
    }

    int expireReservations(Instant now) {
        int ended = 0;
        List<Expired> batch;
        do {
            batch = session.run(on -> on.query(Attempts::expired, on.texts().expired, now, BATCH));
            for (Expired expired : batch) {
                if (operations.end(expired.key(), expired.attempt())) {
                    ended++;
                }
            }
        } while (batch.size() == BATCH);
        return ended;
    }

    List<Erasing> erasing(@Nullable Erasing after, int limit) {
        requirePositive(limit);
        if (after == null) {
            return session.run(on -> on.query(Attempts::erasing, on.texts().erasing, limit));
        }
        byte[] key = Fingerprint.of(after.externalId());
        return session.run(on -> on.query(Attempts::erasing, on.texts().erasingAfter, key, limit));
    }

    List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        requirePositive(limit);
        if (after == null) {
            return session.run(on -> on.query(Attempts::discarded, on.texts().discarded, limit));
        }
        UUID last = after.attempt().requestId();
        return session.run(on -> on.query(Attempts::discarded, on.texts().discardedAfter, last, limit));
    }

    List<CreationAttempt> unknown(int limit) {
        requirePositive(limit);
        return session.run(on -> on.query(Attempts::attempt, on.texts().unknown, limit));
    }

    DirectoryStats stats(Instant now) {
        return session.run(on -> on.query(Attempts::stats, on.texts().stats, now))
                .get(0);
    }

    static CreationAttempt attempt(ResultSet row) throws SQLException {
        return new CreationAttempt(
                UUID.fromString(row.getString("request_id")),
                Statement.time(row, "started_at"),
                Statement.time(row, "expires_at"));
    }

    private static Expired expired(ResultSet row) throws SQLException {
        return new Expired(row.getBytes("id_hash"), attempt(row));
    }

    private static Erasing erasing(ResultSet row) throws SQLException {
        return new Erasing(Operations.externalId(row), Operations.user(row));
    }

    private static DiscardedUser discarded(ResultSet row) throws SQLException {
        return new DiscardedUser(attempt(row), Operations.user(row));
    }

    private static DirectoryStats stats(ResultSet row) throws SQLException {
        long expired = row.getLong(6);
        return new DirectoryStats(
                row.getLong(1), row.getLong(2) - expired, row.getLong(3), row.getLong(4), row.getLong(5) + expired);
    }

    private static void requirePositive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Expired(byte[] key, CreationAttempt attempt) {}
}
