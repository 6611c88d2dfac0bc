/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static com.azure.communication.identity.models.CommunicationTokenScope.CHAT;
import static com.azure.communication.identity.models.CommunicationTokenScope.VOIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityAsyncClient;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.communication.identity.models.CommunicationUserIdentifierAndToken;
import com.azure.communication.identity.models.GetTokenForTeamsUserOptions;
import com.azure.core.credential.AccessToken;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The official SDK, as it comes, against the HTTPS door. */
@ParameterizedClass
@EnumSource(OfficialSdkTest.Transport.class)
class OfficialSdkTest {

    private static final AcsEmulator EMULATOR = AcsEmulator.start();
    private static final List<CommunicationTokenScope> CHAT_AND_VOIP = List.of(CHAT, VOIP);
    private static final String CLIENT_ID = "11111111-2222-4333-8444-555555555555";
    private static final String TEAMS_USER = "66666666-7777-4888-8999-aaaaaaaaaaaa";

    private final Transport transport;

    OfficialSdkTest(Transport transport) {
        this.transport = transport;
    }

    @AfterAll
    static void close() {
        EMULATOR.close();
    }

    @Test
    void createUser_always_createsOneAtTheService() throws Exception {
        int before = EMULATOR.service().users().size();

        CommunicationUserIdentifier user = client().createUser();

        assertThat(EMULATOR.service().users()).hasSize(before + 1).contains(new UserId(user.getId()));
    }

    @Test
    void createUserAndToken_always_givesBoth() throws Exception {
        CommunicationUserIdentifierAndToken created = client().createUserAndToken(CHAT_AND_VOIP);

        assertThat(EMULATOR.service().users())
                .contains(new UserId(created.getUser().getId()));
        assertAccepted(created.getUserToken(), Duration.ofHours(24));
    }

    @Test
    void createUserAndToken_withAValidity_givesIt() throws Exception {
        CommunicationUserIdentifierAndToken created = client().createUserAndToken(CHAT_AND_VOIP, Duration.ofHours(1));

        assertAccepted(created.getUserToken(), Duration.ofHours(1));
    }

    @Test
    void getToken_always_givesOneThatWorks() throws Exception {
        CommunicationIdentityClient client = client();
        CommunicationUserIdentifier user = client.createUser();

        assertAccepted(client.getToken(user, CHAT_AND_VOIP), Duration.ofHours(24));
        assertAccepted(client.getToken(user, CHAT_AND_VOIP, Duration.ofHours(24)), Duration.ofHours(24));
    }

    @Test
    void revokeTokens_always_endsTheTokensSoFar() throws Exception {
        CommunicationIdentityClient client = client();
        CommunicationUserIdentifierAndToken created = client.createUserAndToken(CHAT_AND_VOIP);

        client.revokeTokens(created.getUser());

        assertThat(EMULATOR.service().isAccepted(created.getUserToken().getToken()))
                .isFalse();
        assertAccepted(client.getToken(created.getUser(), CHAT_AND_VOIP), Duration.ofHours(24));
    }

    @Test
    void deleteUser_always_removesItFromTheService() throws Exception {
        CommunicationIdentityClient client = client();
        CommunicationUserIdentifierAndToken created = client.createUserAndToken(CHAT_AND_VOIP);

        client.deleteUser(created.getUser());

        assertThat(EMULATOR.service().users())
                .doesNotContain(new UserId(created.getUser().getId()));
        assertThat(EMULATOR.service().isAccepted(created.getUserToken().getToken()))
                .isFalse();
        assertRefused(() -> client.getToken(created.getUser(), CHAT_AND_VOIP), 404);
    }

    @Test
    void getTokenForTeamsUser_always_exchangesTheEntraToken() throws Exception {
        Instant expiry = EMULATOR.service().clock().instant().plus(Duration.ofMinutes(70));
        String entraToken = EMULATOR.service().teamsToken(CLIENT_ID, TEAMS_USER, expiry);

        AccessToken token =
                client().getTokenForTeamsUser(new GetTokenForTeamsUserOptions(entraToken, CLIENT_ID, TEAMS_USER));

        assertThat(token.getToken().split("\\.")).hasSize(3);
        assertThat(token.getExpiresAt().toInstant()).isCloseTo(expiry, within(1, ChronoUnit.SECONDS));
    }

    @Test
    void getTokenForTeamsUser_withAnotherToken_isRefused() throws Exception {
        CommunicationIdentityClient client = client();

        assertRefused(
                () -> client.getTokenForTeamsUser(new GetTokenForTeamsUserOptions("invalid", CLIENT_ID, TEAMS_USER)),
                401);
    }

    @Test
    void asyncClient_everyOperation_succeeds() throws Exception {
        CommunicationIdentityAsyncClient client = builder().buildAsyncClient();

        CommunicationUserIdentifier user = client.createUser().toFuture().join();
        AccessToken token = client.getToken(user, CHAT_AND_VOIP).toFuture().join();
        assertAccepted(token, Duration.ofHours(24));
        client.revokeTokens(user).toFuture().join();
        assertThat(EMULATOR.service().isAccepted(token.getToken())).isFalse();
        client.deleteUser(user).toFuture().join();
        assertThat(EMULATOR.service().users()).doesNotContain(new UserId(user.getId()));
        assertAccepted(
                client.createUserAndToken(CHAT_AND_VOIP).toFuture().join().getUserToken(), Duration.ofHours(24));
    }

    @Test
    void everyOperation_whenTheServiceIsADayAhead_stillSucceeds() throws Exception {
        CommunicationIdentityClient client = client();
        CommunicationUserIdentifierAndToken created = client.createUserAndToken(CHAT_AND_VOIP);

        EMULATOR.service().clock().advance(Duration.ofHours(24));

        assertThat(EMULATOR.service().isAccepted(created.getUserToken().getToken()))
                .isFalse();
        assertAccepted(client.getToken(created.getUser(), CHAT_AND_VOIP), Duration.ofHours(24));
        client.revokeTokens(created.getUser());
        client.deleteUser(created.getUser());
        client.createUser();
    }

    @Test
    void secondaryKeyAndSecondResource_always_workAsWell() throws Exception {
        FakeResource second = EMULATOR.service().addResource();
        CommunicationIdentityClient client = builder()
                .connectionString("endpoint=" + EMULATOR.endpoint() + "/;accesskey=" + second.secondaryKey())
                .buildClient();

        CommunicationUserIdentifier user = client.createUser();

        assertThat(new UserId(user.getId()).resourceId()).isEqualTo(second.id());
        assertRefused(() -> client().getToken(user, CHAT_AND_VOIP), 401);
        assertRefused(() -> client().revokeTokens(user), 401);
        assertRefused(() -> client().deleteUser(user), 401);
    }

    @Test
    void wrongKey_always_isRefused() throws Exception {
        CommunicationIdentityClient client = builder()
                .connectionString("endpoint=" + EMULATOR.endpoint() + ";accesskey=d3Jvbmcga2V5")
                .buildClient();

        assertRefused(client::createUser, 401);
    }

    @Test
    void localhost_insteadOfTheAddress_works() throws Exception {
        CommunicationIdentityClient client = builder()
                .connectionString(EMULATOR.connectionString().replace("127.0.0.1", "localhost"))
                .buildClient();

        assertThat(client.createUser().getId()).startsWith("8:acs:");
    }

    @Test
    void validityOutOfRange_always_isRefused() throws Exception {
        CommunicationIdentityClient client = client();
        CommunicationUserIdentifier user = client.createUser();

        assertRefused(() -> client.getToken(user, CHAT_AND_VOIP, Duration.ofMinutes(59)), 400);
        assertRefused(() -> client.createUserAndToken(CHAT_AND_VOIP, Duration.ofMinutes(1441)), 400);
        assertRefused(() -> client.getToken(user, List.of()), 400);
    }

    @Test
    void lostAnswer_toACreate_leavesAUserThatNobodyKnows() throws Exception {
        CommunicationIdentityClient client = client();
        int before = EMULATOR.service().users().size();
        EMULATOR.service().faults().on(IdentityOperation.CREATE_USER).next(Fault.lostAnswer());

        client.createUser();

        assertThat(EMULATOR.service().users()).hasSize(before + 2);
    }

    @Test
    void errorAnswers_always_reachTheClient() throws Exception {
        CommunicationIdentityClient client = client();
        EMULATOR.service()
                .faults()
                .on(IdentityOperation.CREATE_USER)
                .times(2, Fault.status(503).withErrorCode("Unavailable"));

        assertRefused(client::createUser, 503);
        assertThat(client.createUser()).isNotNull();
    }

    private CommunicationIdentityClient client() throws Exception {
        return builder().buildClient();
    }

    /** Its retries are as many as needed here: one, at once. */
    private CommunicationIdentityClientBuilder builder() throws Exception {
        return new CommunicationIdentityClientBuilder()
                .connectionString(EMULATOR.connectionString())
                .retryOptions(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(1))))
                .httpClient(transport.client());
    }

    private static void assertAccepted(AccessToken token, Duration validity) {
        assertThat(EMULATOR.service().isAccepted(token.getToken())).isTrue();
        assertThat(token.getExpiresAt().toInstant())
                .isCloseTo(EMULATOR.service().clock().instant().plus(validity), within(1, ChronoUnit.MINUTES));
    }

    private static void assertRefused(ThrowingCallable call, int status) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HttpResponseException.class,
                        refusal -> assertThat(refusal.getResponse().getStatusCode())
                                .isEqualTo(status));
    }

    enum Transport {
        JDK {
            @Override
            HttpClient client() {
                return new JdkHttpClientBuilder(
                                java.net.http.HttpClient.newBuilder().sslContext(EMULATOR.sslContext()))
                        .build();
            }
        },
        OK_HTTP {
            @Override
            HttpClient client() throws Exception {
                return new OkHttpAsyncHttpClientBuilder(new OkHttpClient.Builder()
                                .sslSocketFactory(
                                        EMULATOR.sslContext().getSocketFactory(), Trust.manager(EMULATOR.caPem()))
                                .build())
                        .build();
            }
        };

        abstract HttpClient client() throws Exception;
    }
}
