/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.azure.CommunicationTokens;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import reactor.core.publisher.Mono;

/** All operations of the adapter over the emulator on HTTPS, and everything that can go wrong with them. */
final class ManagerCalls implements AutoCloseable {

    static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT).withValidity(Duration.ofHours(1));

    private static final String GUID = "11111111-1111-4111-8111-111111111111";
    private static final List<Integer> STATUSES = List.of(302, 400, 401, 403, 404, 429, 500, 503);

    private final MutableClock clock = MutableClock.following(TimeSource.system());
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).seed(1).build();
    private final AcsEmulator emulator =
            AcsEmulator.builder().service(service).httpPort(0).start();
    private final AzureKeyCredential credential =
            new AzureKeyCredential(service.resource().primaryKey());
    private final TeamsTokenRequest teams;
    private final Diary diary;

    ManagerCalls(Diary diary) {
        this.diary = diary;
        diary.keepKeys(service.resource());
        teams = new TeamsTokenRequest(
                diary.keep(service.teamsToken(GUID, GUID, clock.instant().plus(Duration.ofDays(30)))), GUID, GUID);
    }

    MutableClock clock() {
        return clock;
    }

    AcsEmulator emulator() {
        return emulator;
    }

    TeamsTokenRequest teams() {
        return teams;
    }

    /** Returns a manager with the key that can be rotated. */
    AcsIdentityManager adapter() {
        return builder().credential(credential).build();
    }

    /** Returns a user who exists, whatever goes wrong. */
    UserId newUser() {
        return FakeIdentityManager.on(service).createUser();
    }

    void run() {
        AcsIdentityManager adapter = adapter();
        try (adapter) {
            diary.write("values", () -> List.of(adapter, adapter.async(), credential, service, emulator, teams));
            allOperations("blocking", adapter);
            allOperations("asynchronous", IdentityManager.from(adapter.async()));
            faults(adapter);
            rotations(adapter);
            bridge(adapter);
            refusedTeamsTokens(adapter);
            Thread.currentThread().interrupt();
            diary.write("interrupted", adapter::createUser);
            diary.write("was interrupted", Thread::interrupted);
        }
        diary.write("closed", adapter::createUser);
        wrongConfigurations();
        bearerTokens();
    }

    @Override
    public void close() {
        emulator.close();
    }

    /** Makes each call once. */
    void allOperations(String label, IdentityManager manager) {
        UserId user = newUser();
        diary.write(label + ": create", manager::createUser);
        diary.write(label + ": create with token", () -> manager.createUserWithToken(CHAT));
        diary.write(label + ": get", () -> manager.getToken(user, CHAT));
        diary.write(label + ": Teams", () -> manager.getTokenForTeamsUser(teams));
        diary.write(label + ": revoke", () -> {
            manager.revokeTokens(user);
            return "done";
        });
        diary.write(label + ": delete", () -> {
            manager.deleteUser(user);
            return "done";
        });
        diary.write(label + ": get of nobody", () -> manager.getToken(user, CHAT));
    }

    private void faults(IdentityManager adapter) {
        for (int status : STATUSES) {
            underFault(Fault.status(status).withErrorCode("Code" + status), adapter);
        }
        underFault(Fault.throttled().withRetryAfter(Duration.ofSeconds(20)), adapter);
        underFault(Fault.drop(), adapter);
        underFault(Fault.lostAnswer(), adapter);
        underFault(Fault.truncatedBody(), adapter);
        underFault(Fault.malformedBody(), adapter);
        try (AcsIdentityManager hasty = builder()
                .credential(credential)
                .operationTimeout(Duration.ofMillis(200))
                .build()) {
            service.faults().on().times(4, Fault.slowBody(Duration.ofSeconds(1)));
            diary.write("slow body", () -> hasty.createUserWithToken(CHAT));
            diary.write("slow body", () -> hasty.getTokenForTeamsUser(teams));
            service.faults().clear();
            service.faults().on().always(Fault.hang().afterProcessing());
            diary.write("hang", () -> hasty.createUserWithToken(CHAT));
            service.faults().clear();
        }
    }

    private void underFault(Fault fault, IdentityManager adapter) {
        UserId user = newUser();
        service.faults().on().always(fault);
        diary.write(fault + ": create with token", () -> adapter.createUserWithToken(CHAT));
        diary.write(fault + ": get", () -> adapter.getToken(user, CHAT));
        diary.write(fault + ": Teams", () -> adapter.getTokenForTeamsUser(teams));
        diary.write(fault + ": delete", () -> {
            adapter.deleteUser(user);
            return "done";
        });
        diary.write(
                fault + ": get, asynchronous",
                () -> adapter.async().getToken(user, CHAT).get());
        service.faults().clear();
    }

    private void rotations(IdentityManager adapter) {
        FakeResource resource = service.resource();
        resource.regeneratePrimaryKey();
        diary.keepKeys(resource);
        diary.write("old key", adapter::createUser);
        credential.update(resource.primaryKey());
        diary.write("new key", () -> adapter.createUserWithToken(CHAT));
        credential.update(diary.keep("not!Base64;" + resource.secondaryKey()));
        diary.write("key that is none", () -> adapter.createUserWithToken(CHAT));
        credential.update(resource.primaryKey());
    }

    private void bridge(IdentityManager adapter) {
        UserId user = newUser();
        diary.write("bridge", () -> {
            var bridge = CommunicationTokens.credential(adapter, user, CHAT);
            bridge.getToken().map(token -> diary.keep(token.getToken())).block(Duration.ofSeconds(5));
            return bridge;
        });
    }

    private void refusedTeamsTokens(IdentityManager adapter) {
        String unknown = diary.keep("Unknown0.Entra1.Token2345678901234567890");
        diary.write(
                "Teams token that is unknown",
                () -> adapter.getTokenForTeamsUser(new TeamsTokenRequest(unknown, GUID, GUID)));
        String expired =
                diary.keep(service.teamsToken(GUID, GUID, clock.instant().plus(Duration.ofMinutes(1))));
        clock.advance(Duration.ofMinutes(2));
        diary.write(
                "Teams token that has expired",
                () -> adapter.getTokenForTeamsUser(new TeamsTokenRequest(expired, GUID, GUID)));
    }

    private void wrongConfigurations() {
        FakeResource other = FakeIdentityService.create().resource();
        diary.keepKeys(other);
        String key = other.primaryKey();
        try (AcsIdentityManager wrong = builder().accessKey(key).build()) {
            diary.write("wrong key", () -> wrong.createUserWithToken(CHAT));
        }
        try (AcsIdentityManager untrusting = AcsIdentityManager.builder()
                .connectionString(emulator.connectionString())
                .addPolicy(diary.keepingAuthorization())
                .maximumRetries(0)
                .build()) {
            diary.write("certificate that is not trusted", () -> untrusting.createUserWithToken(CHAT));
        }
        try (AcsIdentityManager unreachable = AcsIdentityManager.builder()
                .connectionString("endpoint=https://localhost:1;accesskey=" + key)
                .addPolicy(diary.keepingAuthorization())
                .maximumRetries(0)
                .build()) {
            diary.write("port where nobody listens", () -> unreachable.createUserWithToken(CHAT));
        }
        diary.write("no endpoint", () -> AcsIdentityManager.fromConnectionString("endpoint=;accesskey=" + key));
        diary.write("no https", () -> AcsIdentityManager.fromConnectionString("endpoint=http://a;accesskey=" + key));
        diary.write("key for an endpoint", () -> AcsIdentityManager.builder().endpoint(key));
        diary.write("key for a user", () -> new UserId(key));
        diary.write("key for a scope", () -> TokenScope.of(key));
        diary.write("token for a client id", () -> new TeamsTokenRequest(teams.entraToken(), teams.entraToken(), GUID));
        diary.write("builder", () -> AcsIdentityManager.builder().accessKey(key));
    }

    private void bearerTokens() {
        String bearer = diary.keep("eyJBearer0.eyJOfAnIdentity1.ThatMayCallTheService2");
        TokenCredential entra = request -> Mono.just(new com.azure.core.credential.AccessToken(
                bearer, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        try (AcsIdentityManager refused = builder().credential(entra).build()) {
            diary.write("bearer token", () -> refused.createUserWithToken(CHAT));
        }
        TokenCredential failing =
                request -> Mono.error(new IllegalStateException("The assertion=" + bearer + " was refused"));
        try (AcsIdentityManager refused = builder().credential(failing).build()) {
            diary.write("credential that fails", () -> refused.createUserWithToken(CHAT));
        }
        TokenCredential broken = request -> Mono.error(new AssertionError("The assertion=" + bearer + " was broken"));
        try (AcsIdentityManager refused = builder().credential(broken).build()) {
            diary.write("credential with an error", () -> refused.createUserWithToken(CHAT));
        }
        TokenCredential throwing = request -> {
            throw new AssertionError("The assertion=" + bearer + " was broken at once");
        };
        try (AcsIdentityManager refused = builder().credential(throwing).build()) {
            diary.write("credential that throws an error", () -> refused.createUserWithToken(CHAT));
        }
    }

    /** Returns a builder of managers for the emulator that want a credential. */
    AcsIdentityManager.Builder builder() {
        HttpClient.Builder http = HttpClient.newBuilder().sslContext(emulator.sslContext());
        return AcsIdentityManager.builder()
                .endpoint(emulator.endpoint().toString())
                .httpClient(new JdkHttpClientBuilder(http).build())
                .addPolicy(diary.keepingAuthorization())
                .operationTimeout(Duration.ofSeconds(5))
                .maximumRetries(1)
                .retryDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    }
}
