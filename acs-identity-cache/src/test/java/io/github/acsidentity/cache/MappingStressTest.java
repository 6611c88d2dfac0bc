/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers and erasers on a few external ids, each bound to a new user after its erasure. Users are numbered; a
 * violation is a recall that sees a user whose erasure had returned before it started.
 */
@Timeout(120)
class MappingStressTest {

    private static final long ERASURES = Long.getLong("acsidentity.stress.erasures", 20_000);
    private static final int IDS = 16;
    private static final int READERS = 4;
    private static final int ERASERS = 2;
    private static final long SEED = 42;

    private final SteppedMappingStore delegate = new SteppedMappingStore();
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicLongArray lastErased = new AtomicLongArray(IDS);
    private final AtomicLong erasures = new AtomicLong();
    private final AtomicLong recalls = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private volatile boolean ended;

    MappingStressTest() {
        delegate.afterFind(() -> LockSupport.parkNanos(1_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, IDS / 2})
    void recall_afterAnErasureReturned_neverSeesTheBinding(long maximumSize) throws Exception {
        CachingUserMappingStore store = CachingUserMappingStore.builder(delegate)
                .maximumSize(maximumSize)
                .build();

        run(new Remembering(store), ERASURES, 1);

        MappingCacheStats stats = store.stats();
        System.out.println("Look-aside under erasures: " + recalls + " recalls, " + erasures + " erasures, " + stats);
        assertThat(violations).hasValue(0);
        assertThat(stats.hits()).isGreaterThan(1_000);
        assertThat(stats.misses()).isGreaterThan(1_000);
    }

    @Test
    void recall_ofANaiveLookAside_isFoundWrong() throws Exception {
        run(new Naive(delegate), 100 * ERASURES, 10);

        System.out.println("Naive look-aside under erasures: " + recalls + " recalls, " + erasures + " erasures, "
                + violations + " violations");
        assertThat(violations.get()).isPositive();
    }

    private void run(LookAside lookAside, long erasuresWanted, long violationsWanted) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS + ERASERS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Random random = new Random(SEED + i);
            running.add(threads.submit(() -> repeat(() -> {
                read(lookAside, random.nextInt(IDS), random);
                if (violations.get() >= violationsWanted || erasures.get() >= erasuresWanted) {
                    ended = true;
                }
            })));
        }
        for (int i = 0; i < ERASERS; i++) {
            Random random = new Random(SEED - 1 - i);
            int eraser = i;
            running.add(threads.submit(() ->
                    repeat(() -> renew(lookAside, eraser + ERASERS * random.nextInt(IDS / ERASERS)))));
        }
        try {
            for (Future<?> thread : running) {
                thread.get();
            }
        } finally {
            ended = true;
            threads.shutdownNow();
        }
    }

    private void repeat(Runnable step) {
        while (!ended) {
            step.run();
        }
    }

    private void read(LookAside lookAside, int id, Random random) {
        long erasureKnown = lastErased.get(id);
        Optional<UserMapping> mapping = random.nextInt(20) == 0 ? lookAside.find(id(id)) : lookAside.recall(id(id));
        recalls.incrementAndGet();
        if (mapping.isPresent()
                && mapping.get() instanceof UserMapping.Bound bound
                && number(bound.user()) <= erasureKnown) {
            violations.incrementAndGet();
        }
    }

    /** Erases an id, which no other thread does, and binds a user with a higher number. */
    private void renew(LookAside lookAside, int id) {
        Optional<UserMapping.Erasing> tombstone = lookAside.tombstone(id(id));
        if (tombstone.isPresent()) {
            lastErased.set(id, number(tombstone.get().user()));
            erasures.incrementAndGet();
            delegate.forget(tombstone.get());
        }
        delegate.adopt(id(id), Values.user(users.incrementAndGet()));
        LockSupport.parkNanos(20_000);
    }

    private static ExternalId id(int number) {
        return ExternalId.of("user" + number);
    }

    private static long number(UserId user) {
        return Long.parseLong(user.rawId().substring(user.rawId().lastIndexOf('_') + 1));
    }

    private interface LookAside {

        Optional<UserMapping> find(ExternalId id);

        Optional<UserMapping> recall(ExternalId id);

        Optional<UserMapping.Erasing> tombstone(ExternalId id);
    }

    private record Remembering(UserMappingStore store) implements LookAside {

        @Override
        public Optional<UserMapping> find(ExternalId id) {
            return store.find(id);
        }

        @Override
        public Optional<UserMapping> recall(ExternalId id) {
            return store.recall(id);
        }

        @Override
        public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
            return store.tombstone(id);
        }
    }

    /** What one writes at first. */
    private record Naive(UserMappingStore store, Map<ExternalId, UserMapping.Bound> remembered) implements LookAside {

        Naive(UserMappingStore store) {
            this(store, new ConcurrentHashMap<>());
        }

        @Override
        public Optional<UserMapping> find(ExternalId id) {
            Optional<UserMapping> mapping = store.find(id);
            if (mapping.isPresent() && mapping.get() instanceof UserMapping.Bound bound) {
                remembered.put(id, bound);
            } else {
                remembered.remove(id);
            }
            return mapping;
        }

        @Override
        public Optional<UserMapping> recall(ExternalId id) {
            Optional<UserMapping> held = Optional.ofNullable(remembered.get(id));
            return held.isPresent() ? held : find(id);
        }

        @Override
        public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
            remembered.remove(id);
            Optional<UserMapping.Erasing> tombstone = store.tombstone(id);
            remembered.remove(id);
            return tombstone;
        }
    }
}
