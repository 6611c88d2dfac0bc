/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedFailuresTest {

    private final ServiceUnavailableException down = new ServiceUnavailableException("down", Values.details());
    private final UserNotFoundException unknown = new UserNotFoundException("no such user", Values.details());

    private final RememberedFailures<UserId> failures = new RememberedFailures<>();
    private final UserId user = Values.user(1);

    @Test
    void find_returnsTheLastFailureOfThatUserAndRequest() {
        failures.remember(user, Values.request(1), down(10));
        failures.remember(user, Values.request(2), down(20));
        failures.remember(user, Values.request(1), down(30));

        assertThat(failures.find(user, Values.request(1))).isEqualTo(down(30));
        assertThat(failures.find(user, Values.request(2))).isEqualTo(down(20));
        assertThat(failures.find(user, Values.request(3))).isNull();
        assertThat(failures.find(Values.user(2), Values.request(1))).isNull();
    }

    @Test
    void find_whenTheUserIsUnknown_saysSoWhateverIsAskedFor() {
        failures.remember(user, Values.request(1), unknown(30));

        assertThat(failures.find(user, Values.request(2))).isEqualTo(unknown(30));
    }

    @Test
    void find_whenTheUserIsUnknown_isNotMisledByOlderFailures() {
        failures.remember(user, Values.request(1), down(1));
        failures.remember(user, Values.request(2), unknown(2));
        failures.remember(user, Values.request(3), unknown(30));

        assertThat(failures.find(user, Values.request(1))).isEqualTo(unknown(30));
        assertThat(failures.find(user, Values.request(2))).isEqualTo(unknown(30));
        assertThat(failures.find(user, Values.request(4))).isEqualTo(unknown(30));
    }

    @Test
    void forget_concernsOneUser_forgetAllEverybody() {
        failures.remember(user, Values.CHAT, down(1));
        failures.remember(Values.user(2), Values.CHAT, down(2));
        failures.remember(Values.user(3), Values.CHAT, down(3));

        failures.forget(user);
        assertThat(failures.find(user, Values.CHAT)).isNull();
        assertThat(failures.find(Values.user(2), Values.CHAT)).isEqualTo(down(2));

        failures.forgetAll();
        assertThat(failures.find(Values.user(2), Values.CHAT)).isNull();
        assertThat(failures.find(Values.user(3), Values.CHAT)).isNull();
    }

    @Test
    void remember_isBoundedInUsersAndInRequests() {
        for (int i = 0; i < 30_000; i++) {
            failures.remember(Values.user(i), Values.CHAT, down(i));
        }
        for (int i = 0; i < 100; i++) {
            failures.remember(user, Values.request(i), down(i));
            assertThat(requestsRemembered()).isBetween(1L, 8L);
        }

        long users = 0;
        for (int i = 0; i < 30_000; i++) {
            users += failures.find(Values.user(i), Values.CHAT) == null ? 0 : 1;
        }
        assertThat(users).isBetween(1L, 10_000L);
        assertThat(failures.find(user, Values.request(99))).isEqualTo(down(99));
    }

    private long requestsRemembered() {
        return IntStream.range(0, 100)
                .filter(i -> failures.find(user, Values.request(i)) != null)
                .count();
    }

    private RememberedFailure down(long until) {
        return new RememberedFailure(down, until);
    }

    private RememberedFailure unknown(long until) {
        return new RememberedFailure(unknown, until);
    }
}
