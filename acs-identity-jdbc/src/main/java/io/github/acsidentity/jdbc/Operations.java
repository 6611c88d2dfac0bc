/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMapping.Bound;
import io.github.acsidentity.directory.UserMapping.Erasing;
import io.github.acsidentity.directory.UserMapping.Reserved;
import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a mapping. Each looks, decides, and changes the row only if it still is as it was seen; else it looks
 * again. Rows are always locked in the same order: mapping, then attempt.
 */
final class Operations {

    /** Each further look means that somebody else has changed the mapping meanwhile, so a few are plenty. */
    private static final int LOOKS = 20;

    private final Session session;
    private final IntConsumer pause;

    /** {@code pause} waits before the look whose number it is given, from 2 on. */
    Operations(Session session, IntConsumer pause) {
        this.session = session;
        this.pause = pause;
    }

    Optional<UserMapping> find(ExternalId id) {
        byte[] key = Fingerprint.of(id);
        return first(session.run(on -> on.query(row -> mapping(id, row), on.texts().find, (Object) key)));
    }

    /** Returns the mapping that a user is in, bound or erasing. */
    Optional<UserMapping> findUser(UserId user) {
        return first(session.run(on -> on.query(row -> mapping(user, row), on.texts().findUser, user.rawId())));
    }

    UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        return untilDecided(() -> {
            if (session.run(on -> insertReserved(on, id, attempt))) {
                return new Reserved(id, attempt);
            }
            UserMapping there = find(id).orElse(null);
            if (!(there instanceof Reserved reserved)) {
                return there;
            }
            if (reserved.attempt().requestId().equals(attempt.requestId())) {
                return new Reserved(id, attempt);
            }
            if (!reserved.attempt().isExpiredAt(attempt.startedAt())) {
                return there;
            }
            return takeOver(id, reserved.attempt(), attempt) ? new Reserved(id, attempt) : null;
        });
    }

    boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        byte[] key = Fingerprint.of(id);
        boolean bound = session.run(on -> {
            try {
                return on.update(on.texts().bind, user.rawId(), user.resourceId(), key, attempt.requestId()) == 1;
            } catch (SQLException e) {
                if (SqlStates.isDuplicate(e)) {
                    throw new UserMappingStoreException("The user belongs to another external id", false, null);
                }
                throw e;
            }
        });
        return bound || find(id).filter(new Bound(id, user)::equals).isPresent();
    }

    void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        byte[] key = Fingerprint.of(id);
        session.together(on -> {
            on.update(on.texts().deleteReserved, key, attempt.requestId());
            if (outcomeUnknown) {
                insertAttempt(on, attempt, null);
            } else {
                on.update(on.texts().deleteUnknown, attempt.requestId());
            }
            return true;
        });
    }

    void discard(ExternalId id, CreationAttempt attempt, UserId user) {
        byte[] key = Fingerprint.of(id);
        session.together(on -> {
            on.update(on.texts().deleteReserved, key, attempt.requestId());
            if (on.update(on.texts().setDiscarded, user.rawId(), attempt.requestId()) == 0
                    && !insertAttempt(on, attempt, user)) {
                on.update(on.texts().setDiscarded, user.rawId(), attempt.requestId());
            }
            return true;
        });
    }

    UserMapping adopt(ExternalId id, UserId user) {
        return untilDecided(() -> {
            UserMapping there = find(id).orElse(null);
            if (there != null && !(there instanceof Reserved)) {
                return there;
            }
            UserMapping other = findUser(user).orElse(null);
            if (other != null) {
                return other;
            }
            CreationAttempt overruled = there instanceof Reserved reserved ? reserved.attempt() : null;
            return adopt(id, user, overruled) ? new Bound(id, user) : null;
        });
    }

    Optional<Erasing> tombstone(ExternalId id) {
        byte[] key = Fingerprint.of(id);
        return untilDecided(() -> {
            UserMapping there = find(id).orElse(null);
            if (there instanceof Erasing erasing) {
                return Optional.of(erasing);
            }
            if (there instanceof Bound bound) {
                String user = bound.user().rawId();
                boolean marked = session.run(on -> on.update(on.texts().markErasing, key, user) == 1);
                return marked ? Optional.of(new Erasing(id, bound.user())) : null;
            }
            if (there instanceof Reserved reserved) {
                return end(key, reserved.attempt()) ? Optional.empty() : null;
            }
            return Optional.empty();
        });
    }

    void forget(Erasing tombstone) {
        byte[] key = Fingerprint.of(tombstone.externalId());
        session.run(
                on -> on.update(on.texts().deleteErasing, key, tombstone.user().rawId()));
    }

    void settle(UUID requestId) {
        session.run(on -> on.update(on.texts().deleteDiscarded, requestId));
    }

    /** Ends a reservation, whose attempt has an unknown outcome then; {@code false} if it is not there any more. */
    boolean end(byte[] key, CreationAttempt attempt) {
        return session.together(on -> {
            if (on.update(on.texts().deleteReserved, key, attempt.requestId()) == 0) {
                return false;
            }
            insertAttempt(on, attempt, null);
            return true;
        });
    }

    private boolean takeOver(ExternalId id, CreationAttempt expired, CreationAttempt attempt) {
        byte[] key = Fingerprint.of(id);
        return session.together(on -> {
            int changed = on.update(
                    on.texts().takeOver,
                    attempt.requestId(),
                    attempt.startedAt(),
                    attempt.expiresAt(),
                    key,
                    expired.requestId());
            if (changed == 0) {
                return false;
            }
            insertAttempt(on, expired, null);
            return true;
        });
    }

    private boolean adopt(ExternalId id, UserId user, @Nullable CreationAttempt overruled) {
        byte[] key = Fingerprint.of(id);
        return session.together(on -> {
            if (overruled != null && on.update(on.texts().deleteReserved, key, overruled.requestId()) == 0) {
                return false;
            }
            boolean inserted =
                    on.insert(on.texts().insertBound, key, id.namespace(), id.value(), user.rawId(), user.resourceId());
            if (inserted && overruled != null) {
                insertAttempt(on, overruled, null);
            }
            return inserted;
        });
    }

    private static boolean insertReserved(Statement on, ExternalId id, CreationAttempt attempt) throws SQLException {
        return on.insert(
                on.texts().insertReserved,
                Fingerprint.of(id),
                id.namespace(),
                id.value(),
                attempt.requestId(),
                attempt.startedAt(),
                attempt.expiresAt());
    }

    private static boolean insertAttempt(Statement on, CreationAttempt attempt, @Nullable UserId user)
            throws SQLException {
        return on.insert(
                on.texts().insertAttempt,
                attempt.requestId(),
                attempt.startedAt(),
                attempt.expiresAt(),
                user == null ? null : user.rawId());
    }

    private <T> T untilDecided(Supplier<@Nullable T> look) {
        for (int i = 1; i <= LOOKS; i++) {
            if (i > 1) {
                pause.accept(i);
            }
            T decided = look.get();
            if (decided != null) {
                return decided;
            }
        }
        throw new UserMappingStoreException(
                "The user mapping was changed by others " + LOOKS + " times while it was looked at", true, null);
    }

    private static UserMapping mapping(ExternalId id, ResultSet row) throws SQLException {
        String state = row.getString("state");
        return switch (state) {
            case "RESERVED" -> new Reserved(id, Attempts.attempt(row));
            case "BOUND" -> new Bound(id, user(row));
            case "ERASING" -> new Erasing(id, user(row));
            default -> throw new IllegalStateException("There is no state " + state + " of a user mapping");
        };
    }

    private static UserMapping mapping(UserId user, ResultSet row) throws SQLException {
        ExternalId id = externalId(row);
        return row.getString("state").equals("BOUND") ? new Bound(id, user) : new Erasing(id, user);
    }

    static ExternalId externalId(ResultSet row) throws SQLException {
        return new ExternalId(row.getString("namespace"), row.getString("external_id"));
    }

    static UserId user(ResultSet row) throws SQLException {
        return new UserId(requireNonNull(row.getString("user_id"), "user_id"));
    }

    private static Optional<UserMapping> first(List<UserMapping> rows) {
        return rows.stream().findFirst();
    }
}
