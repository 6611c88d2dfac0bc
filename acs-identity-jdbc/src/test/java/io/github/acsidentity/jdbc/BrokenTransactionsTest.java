/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure at each statement of each change that has several: all of it happens, or nothing. */
class BrokenTransactionsTest {

    private static final DataSource DATA_SOURCE = Databases.h2();
    private static final ExternalId ID = ExternalId.of("alice");
    private static final UserId USER = new UserId("8:acs:5f1c2a9e-0d3b-4c7a-9b1e-2f6a8c4d7e90_alice");
    private static final Instant NOW = Instant.parse("2026-01-31T09:00:00Z");
    private static final CreationAttempt FIRST = new CreationAttempt(new UUID(0, 1), NOW, NOW.plusSeconds(60));
    private static final CreationAttempt SECOND =
            new CreationAttempt(new UUID(0, 2), NOW.plusSeconds(60), NOW.plusSeconds(120));

    private final JdbcUserMappingStore store =
            JdbcUserMappingStore.builder(DATA_SOURCE).build();

    private final List<Integer> pauses = new ArrayList<>();

    static Stream<Change> changes() {
        return IntStream.range(0, 6)
                .boxed()
                .flatMap(failing -> Stream.of(
                        new Change("take over", failing, on -> on.reserve(ID, SECOND)),
                        new Change("release", failing, on -> on.release(ID, FIRST, true)),
                        new Change("discard", failing, on -> on.discard(ID, new DiscardedUser(FIRST, USER))),
                        new Change("adopt", failing, on -> on.adopt(ID, USER)),
                        new Change("tombstone", failing, on -> on.tombstone(ID)),
                        new Change("expire", failing, on -> on.expireReservations(FIRST.expiresAt()))));
    }

    @BeforeEach
    void reserve() {
        store.createSchemaIfMissing();
        Databases.execute(DATA_SOURCE, "DELETE FROM acs_user_mapping", "DELETE FROM acs_user_mapping_attempt");
        store.reserve(ID, FIRST);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_thatBreaks_hasHappenedAsAWholeOrNotAtAll(Change change) {
        DirectoryStats before = store.stats(NOW);
        BreakingDataSource breaking = new BreakingDataSource(DATA_SOURCE, change.failing(), "08006");

        Throwable failure = catchThrowable(() -> change.action().accept(breakingStore(breaking)));

        if (breaking.hasFailed()) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            UserMappingStoreException.class,
                            thrown -> assertThat(thrown.isTransient()).isTrue());
            assertThat(store.stats(NOW)).isEqualTo(before);
        } else {
            assertThat(failure).isNull();
            assertThat(store.stats(NOW)).isNotEqualTo(before);
        }
        assertThat(breaking.autoCommitWhenClosed()).isNotEmpty().doesNotContain(false);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_thatLosesAConflict_isRepeated(Change change) {
        DirectoryStats before = store.stats(NOW);
        BreakingDataSource breaking = new BreakingDataSource(DATA_SOURCE, change.failing(), "40001");

        change.action().accept(breakingStore(breaking));

        assertThat(store.stats(NOW)).isNotEqualTo(before);
        assertThat(pauses).isEqualTo(breaking.hasFailed() ? List.of(2) : List.of());
        assertThat(breaking.autoCommitWhenClosed()).isNotEmpty().doesNotContain(false);
    }

    @Test
    void conflict_againAndAgain_isGivenUpAfterFivePauses() {
        BreakingDataSource breaking = BreakingDataSource.always(DATA_SOURCE, "40001");

        UserMappingStoreException failure = catchThrowableOfType(
                UserMappingStoreException.class, () -> breakingStore(breaking).release(ID, FIRST, true));

        assertThat(failure.isTransient()).isTrue();
        assertThat(pauses).containsExactly(2, 3, 4, 5, 6);
        assertThat(store.find(ID)).isPresent();
    }

    @Test
    void conflict_inAThreadThatIsInterrupted_isRepeatedAtOnceAndStaysInterrupted() {
        BreakingDataSource breaking = new BreakingDataSource(DATA_SOURCE, 0, "40001");
        UserMappingStore withRealPauses = JdbcUserMappingStore.builder(breaking.proxy())
                .database(Database.H2)
                .build();

        Thread.currentThread().interrupt();
        boolean interrupted;
        try {
            withRealPauses.find(ID);
        } finally {
            interrupted = Thread.interrupted();
        }

        assertThat(interrupted).isTrue();
        assertThat(breaking.hasFailed()).isTrue();
    }

    private UserMappingStore breakingStore(BreakingDataSource source) {
        return JdbcUserMappingStore.builder(source.proxy())
                .database(Database.H2)
                .pause(pauses::add)
                .build();
    }

    record Change(String name, int failing, Consumer<UserMappingStore> action) {

        @Override
        public String toString() {
            return name + ", call " + failing + " fails";
        }
    }
}
