package com.example.calls;

import static io.github.acsidentity.testing.assertj.AcsAssertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.junit.AcsIdentityTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@AcsIdentityTest(startingAt = "2026-01-01T00:00:00Z")
class LoginTest {

    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);

    @Test
    void login_newUser_getsOneToken(FakeIdentityManager fake, MutableClock clock) {
        UserId guest = fake.createUser();

        AccessToken issued = fake.getToken(guest, CALLING.withValidity(Duration.ofHours(1)));

        assertThat(fake).issued(1).tokensFor(guest).hasNoOrphans();
        assertThat(issued).isAcceptedBy(fake).accordingTo(clock).expiresIn(Duration.ofHours(1));
    }
}
