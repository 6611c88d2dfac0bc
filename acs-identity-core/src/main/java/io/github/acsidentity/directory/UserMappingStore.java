/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where mappings are kept; the interface for authors of stores.
 *
 * <p>Implementations are safe for use by concurrent threads, and by as many processes as share what they keep. Each
 * method is atomic: it happens as a whole or not at all, and everybody sees it when it has returned. The times that
 * matter are those in the arguments, not the store's own. A method that fails throws {@link UserMappingStoreException};
 * whether it has happened is not known then, and all but {@link #reserve} can be repeated.
 *
 * <p>The life of a mapping: nothing, reserved, bound, erasing, nothing. Attempts at creating a user that did not end
 * with a binding are recorded apart from the mappings, without the external id.
 */
public interface UserMappingStore {

    /**
     * Returns what is known of an external id now.
     *
     * @param id the external id
     * @return the mapping, if there is one
     */
    Optional<UserMapping> find(ExternalId id);

    /**
     * Returns what was known of an external id not long ago, for those who can do with that. A store may remember
     * {@linkplain UserMapping.Bound bindings}, and nothing else, for a time that it documents; the default remembers
     * nothing and is {@link #find}.
     *
     * @param id the external id
     * @return the mapping, if there is one
     */
    default Optional<UserMapping> recall(ExternalId id) {
        return find(id);
    }

    /**
     * Returns the external id that a communication user is bound to.
     *
     * @param user the user
     * @return the external id, if there is one
     */
    Optional<ExternalId> externalId(UserId user);

    /**
     * Reserves an external id if nothing is known of it, or if it is reserved for an attempt that has
     * {@linkplain CreationAttempt#isExpiredAt expired} when the new one starts: the outcome of the expired attempt is
     * then recorded as unknown.
     *
     * @param id the external id
     * @param attempt the attempt to reserve it for
     * @return what is there afterwards: a reservation for {@code attempt}, or what prevented it
     */
    UserMapping reserve(ExternalId id, CreationAttempt attempt);

    /**
     * Binds a user to an external id that is still reserved for the attempt which created it.
     *
     * @param id the external id
     * @param attempt the attempt
     * @param user the user
     * @return whether the user is bound to the id afterwards
     * @throws UserMappingStoreException if the user belongs to another external id
     */
    boolean bind(ExternalId id, CreationAttempt attempt, UserId user);

    /**
     * Ends an attempt that brought no user, and its reservation if it still has it.
     *
     * @param id the external id
     * @param attempt the attempt
     * @param outcomeUnknown whether it may have created a user: that is recorded then; otherwise a record of the
     *     attempt, which whoever took over has made, is removed
     */
    void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown);

    /**
     * Records that a user, whom an attempt created and did not get bound, is nobody's, in place of a record that the
     * outcome is unknown. The attempt's reservation ends if it still has it.
     *
     * @param id the external id
     * @param discarded the attempt and its user
     */
    void discard(ExternalId id, DiscardedUser discarded);

    /**
     * Removes the record of a discarded user, because the service has deleted it.
     *
     * @param requestId the id of the attempt
     */
    void settle(UUID requestId);

    /**
     * Binds a user that exists already, unless the external id or the user is bound to another. A reservation is
     * overruled: the outcome of its attempt is recorded as unknown.
     *
     * @param id the external id
     * @param user the user
     * @return what is known of {@code id} afterwards or, if {@code user} belongs to another external id, of that one
     */
    UserMapping adopt(ExternalId id, UserId user);

    /**
     * Marks the user of an external id as to be deleted. A reservation ends: the outcome of its attempt is recorded as
     * unknown, and nothing is known of the id.
     *
     * @param id the external id
     * @return the mark, if there is a user to delete
     */
    Optional<UserMapping.Erasing> tombstone(ExternalId id);

    /**
     * Forgets an external id because its user is deleted; without effect if the mark is not there.
     *
     * @param tombstone the mark
     */
    void forget(UserMapping.Erasing tombstone);

    /**
     * Ends reservations that have expired: the outcomes of their attempts are recorded as unknown. Each of them ends
     * atomically, but they need not end together.
     *
     * @param now the time to judge by
     * @return how many there were
     */
    int expireReservations(Instant now);

    /**
     * Returns users that are to be deleted with their mappings, in an order of the store's own.
     *
     * @param after where to go on: what comes later in that order is returned; {@code null} for the beginning
     * @param limit how many at most, at least 1
     * @return the marks
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit);

    /**
     * Returns users that are nobody's, in an order of the store's own.
     *
     * @param after where to go on; {@code null} for the beginning
     * @param limit how many at most, at least 1
     * @return the users
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit);

    /**
     * Returns attempts of unknown outcome, the newest first.
     *
     * @param limit how many at most, at least 1
     * @return the attempts, without those whose reservation is still there
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    List<CreationAttempt> unknown(int limit);

    /**
     * Counts what the store holds.
     *
     * @param now the time by which reservations have expired
     * @return the numbers
     */
    DirectoryStats stats(Instant now);
}
