/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link UserMappingStore} that remembers for a short time which user is bound to an external id, so that
 * {@link #recall} seldom asks the store behind it.
 *
 * <pre>{@code
 * UserMappingStore store = CachingUserMappingStore.builder(JdbcUserMappingStore.builder(dataSource).build()).build();
 * UserDirectory directory = UserDirectory.builder(manager, store).build();
 * }</pre>
 *
 * <p>Instances are safe for use by concurrent threads. Create one per process and store, and make all changes through
 * it. What callers can rely on:
 *
 * <ul>
 *   <li>Only bindings are remembered: no reservation, no erasure, and not that there is nothing.
 *   <li>A {@code recall} that starts after a change of its external id through this instance has returned does not
 *       answer with what was there before, also where the change failed and may have happened or not. This holds for
 *       {@code tombstone}, {@code adopt} and all else that names the id.
 *   <li>A change through another instance, such as that of another process, is seen at the latest when the
 *       {@linkplain Builder#timeToLive time to live} has passed: a {@code recall} that starts later does not answer
 *       with what was there before. Age counts from before the store was asked.
 *   <li>Concurrent recalls of one external id share one read, and its failure. It is made by one of the callers, whom
 *       the others wait for, as long as the store takes and also when they are interrupted. Failures are not
 *       remembered.
 *   <li>All other methods ask the store behind it, {@code find} as well, whose answer replaces what is remembered.
 * </ul>
 *
 * <p>Who erases a mapping past this instance, such as in a transaction of their own with {@code joining} of
 * {@code JdbcUserMappingStore}, calls {@link #invalidate} after the commit; otherwise it is seen as late as that of
 * another process.
 *
 * <p>External ids may be personal data: they are in no message, and leave the memory when the time to live has passed
 * and the store is next used.
 */
public final class CachingUserMappingStore implements UserMappingStore {

    private final UserMappingStore delegate;
    private final CacheTime time;
    private final RememberedBindings bindings;
    private final LongSupplier size;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    CachingUserMappingStore(UserMappingStore delegate, CacheTime time, RememberedBindings bindings, LongSupplier size) {
        this.delegate = delegate;
        this.time = time;
        this.bindings = bindings;
        this.size = size;
    }

    /**
     * Returns a builder of stores that remember the bindings of {@code delegate}.
     *
     * @param delegate where mappings are kept; it stays the caller's
     * @return the builder
     */
    public static Builder builder(UserMappingStore delegate) {
        return new Builder(delegate);
    }

    /** Asks the store behind this one. A binding is remembered, anything else ends what is remembered. */
    @Override
    public Optional<UserMapping> find(ExternalId id) {
        MappingRead read = new MappingRead(requireNonNull(id, "id"), time.millis());
        bindings.begin(read);
        return carryOut(read);
    }

    /** Returns the binding that is remembered, if it is young enough; otherwise asks the store behind this one. */
    @Override
    public Optional<UserMapping> recall(ExternalId id) {
        long now = time.millis();
        RememberedBindings.Answer remembered = bindings.find(requireNonNull(id, "id"), now);
        if (remembered != null) {
            hits.increment();
            return remembered.mapping();
        }
        misses.increment();
        MappingRead mine = new MappingRead(id, now);
        MappingRead read = bindings.share(mine);
        return read == mine ? carryOut(mine) : await(read);
    }

    /** Reads by {@code find}: the ages of nested caches would add up. */
    private Optional<UserMapping> carryOut(MappingRead read) {
        Optional<UserMapping> mapping;
        try {
            mapping = delegate.find(read.id());
            bindings.learn(read, mapping);
        } catch (RuntimeException | Error e) {
            bindings.end(read);
            read.answer().completeExceptionally(e);
            throw e;
        }
        bindings.end(read);
        read.answer().complete(mapping);
        return mapping;
    }

    private static Optional<UserMapping> await(MappingRead read) {
        try {
            return read.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public Optional<ExternalId> externalId(UserId user) {
        return delegate.externalId(user);
    }

    @Override
    public UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        return change(id, () -> delegate.reserve(id, attempt));
    }

    @Override
    public boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        return change(id, () -> delegate.bind(id, attempt, user));
    }

    @Override
    public void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        change(id, () -> delegate.release(id, attempt, outcomeUnknown));
    }

    @Override
    public void discard(ExternalId id, DiscardedUser discarded) {
        change(id, () -> delegate.discard(id, discarded));
    }

    @Override
    public void settle(UUID requestId) {
        delegate.settle(requestId);
    }

    @Override
    public UserMapping adopt(ExternalId id, UserId user) {
        return change(id, () -> delegate.adopt(id, user));
    }

    @Override
    public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        return change(id, () -> delegate.tombstone(id));
    }

    @Override
    public void forget(UserMapping.Erasing tombstone) {
        change(tombstone.externalId(), () -> delegate.forget(tombstone));
    }

    @Override
    public int expireReservations(Instant now) {
        return delegate.expireReservations(now);
    }

    @Override
    public List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit) {
        return delegate.erasing(after, limit);
    }

    @Override
    public List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        return delegate.discarded(after, limit);
    }

    @Override
    public List<CreationAttempt> unknown(int limit) {
        return delegate.unknown(limit);
    }

    @Override
    public DirectoryStats stats(Instant now) {
        return delegate.stats(now);
    }

    /**
     * Forgets what is remembered of an external id, without asking the store. A {@code recall} that starts later does
     * not answer with what was read before.
     *
     * @param id the external id
     */
    public void invalidate(ExternalId id) {
        bindings.forget(requireNonNull(id, "id"));
    }

    /**
     * Forgets all that is remembered, without asking the store. A {@code recall} that starts later does not answer with
     * what was read before.
     */
    public void invalidateAll() {
        bindings.forgetAll();
    }

    /**
     * Returns what this instance has done since it was built. What the store holds, {@link #stats(Instant)} tells.
     *
     * @return the numbers
     */
    public MappingCacheStats stats() {
        return new MappingCacheStats(hits.sum(), misses.sum(), size.getAsLong());
    }

    private <T> T change(ExternalId id, Supplier<T> change) {
        bindings.beginChange(requireNonNull(id, "id"));
        try {
            return change.get();
        } finally {
            bindings.endChange(id);
        }
    }

    private void change(ExternalId id, Runnable change) {
        bindings.beginChange(requireNonNull(id, "id"));
        try {
            change.run();
        } finally {
            bindings.endChange(id);
        }
    }

    /** Builds {@link CachingUserMappingStore} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofHours(1);

        private final UserMappingStore delegate;
        private Duration timeToLive = Duration.ofSeconds(30);
        private long maximumSize = 100_000;
        private TimeSource timeSource = TimeSource.system();

        private Builder(UserMappingStore delegate) {
            this.delegate = requireNonNull(delegate, "delegate");
        }

        /**
         * Sets for how long a binding may be handed out after it was read: within this time, changes made elsewhere,
         * such as the erasure of a person, are seen. The default is 30 seconds. A longer time saves little: a user is
         * looked up once in that time, however often tokens are asked for.
         *
         * @param timeToLive the time, from one millisecond to one hour, the shortest life of a token: erasures made
         *     elsewhere are to be noticed sooner than tokens expire
         * @return this builder
         * @throws IllegalArgumentException if {@code timeToLive} is out of range
         */
        public Builder timeToLive(Duration timeToLive) {
            if (timeToLive.compareTo(Duration.ofMillis(1)) < 0 || timeToLive.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeToLive must be from " + Duration.ofMillis(1) + " to " + LONGEST
                        + ", but was " + timeToLive);
            }
            this.timeToLive = timeToLive;
            return this;
        }

        /**
         * Sets how many bindings are remembered. The default is 100,000, some 55 MB if external ids have 36 characters.
         * For a moment there may be a few more. Reading is fastest while less than half of them are in use.
         *
         * @param maximumSize the bound, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the bound is less than 1
         */
        public Builder maximumSize(long maximumSize) {
            if (maximumSize < 1) {
                throw new IllegalArgumentException("maximumSize must be at least 1, but was " + maximumSize);
            }
            this.maximumSize = maximumSize;
            return this;
        }

        /**
         * Sets where the time comes from. The default is {@link TimeSource#system()}.
         *
         * @param timeSource the source
         * @return this builder
         */
        public Builder timeSource(TimeSource timeSource) {
            this.timeSource = requireNonNull(timeSource, "timeSource");
            return this;
        }

        /**
         * Builds the store, without a call.
         *
         * @return the store
         */
        public CachingUserMappingStore build() {
            Cache<ExternalId, RememberedBindings.Answer> cache = Caffeine.newBuilder()
                    .maximumSize(maximumSize)
                    // frees the memory; how old an answer is, counted from the start of its read, is judged elsewhere
                    .expireAfterWrite(timeToLive)
                    .ticker(timeSource::nanos)
                    .executor(Runnable::run)
                    .build();
            return new CachingUserMappingStore(
                    delegate,
                    new CacheTime(timeSource),
                    new RememberedBindings(cache.asMap(), timeToLive.toMillis()),
                    cache::estimatedSize);
        }
    }
}
