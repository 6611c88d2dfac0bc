package com.example.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.junit.AcsIdentityExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SilentServiceTest {

    @RegisterExtension
    static final AcsIdentityExtension ACS = AcsIdentityExtension.builder()
            .service(service -> {
                MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
                service.clock(clock).scheduler(new ManualScheduler(clock));
            })
            .build();

    @Test
    void createUser_withoutAnAnswer_failsAfterThirtySecondsOfTheClock(FakeIdentityManager fake, MutableClock clock) {
        fake.service().faults().on().next(Fault.hang());
        CompletableFuture<UserId> created = fake.async().createUser();

        clock.advance(Duration.ofSeconds(29));
        assertThat(created).isNotDone();

        clock.advance(Duration.ofSeconds(1));
        assertThat(created).isCompletedExceptionally(); // or else join() would wait for ever
        assertThatThrownBy(created::join).hasCauseInstanceOf(ServiceUnavailableException.class);
    }
}
