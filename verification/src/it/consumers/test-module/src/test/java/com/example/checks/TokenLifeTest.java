package com.example.checks;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.cache.assertj.CacheAssertions.assertThat;
import static io.github.acsidentity.testing.assertj.AcsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.junit.AcsIdentityTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@AcsIdentityTest(startingAt = "2026-01-01T00:00:00Z")
class TokenLifeTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final FakeIdentityManager fake;
    private MutableClock clock;

    TokenLifeTest(FakeIdentityManager fake) {
        this.fake = fake;
    }

    @Test
    void getToken_twice_issuesOne() {
        try (IdentityManager manager =
                CachingIdentityManager.builder(fake).timeSource(clock).build()) {
            UserId user = manager.createUser();
            AccessToken token = manager.getToken(user, CHAT);

            assertThat(manager.getToken(user, CHAT)).isEqualTo(token);
            assertThat(token).isAcceptedBy(fake).accordingTo(clock).expiresIn(Duration.ofHours(24));
            assertThat(fake).issued(1).tokensFor(user).hasCalled(CREATE_USER, 1).hasNoOrphans();
            assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:00Z");
        }
    }

    @Test
    void clientOfTheSdk_injected_callsTheService(CommunicationIdentityClientBuilder builder) {
        builder.buildClient().createUser();

        assertThat(fake).hasCreatedUsers(1);
    }

    @Test
    void ourPolicy_always_keepsWhatTheTeamAgreedOn() {
        assertThat(RefreshPolicy.vending()).keepsAtLeast(Duration.ofMinutes(11)).sustains(500_000);
    }
}
