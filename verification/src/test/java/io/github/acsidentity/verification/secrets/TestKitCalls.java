/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import static io.github.acsidentity.testing.assertj.AcsAssertions.assertThat;
import static io.github.acsidentity.verification.secrets.ManagerCalls.CHAT;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What the fake service, the emulator and the assertions tell. */
final class TestKitCalls {

    private static final List<String> ADMINISTRATION = List.of("health", "calls", "state", "faults", "time", "nothing");

    private final ManagerCalls calls;
    private final FakeIdentityService service;
    private final Diary diary;

    TestKitCalls(ManagerCalls calls, Diary diary) {
        this.calls = calls;
        this.service = calls.emulator().service();
        this.diary = diary;
    }

    void run() {
        try (FakeIdentityManager fake = FakeIdentityManager.on(service)) {
            calls.allOperations("fake", fake);
            diary.write(
                    "values",
                    () -> List.of(
                            fake,
                            InProcessHttpClient.on(service),
                            service.resource(),
                            service.liveTokens(),
                            service.calls(),
                            service.faults().on().next(Fault.status(401)),
                            service.clock()));
            diary.write("fake, refused", () -> fake.createUserWithToken(CHAT));
            assertions(fake);
        }
        administration();
    }

    private void assertions(FakeIdentityManager fake) {
        AccessToken token = fake.createUserWithToken(CHAT).token();
        diary.keep(token.value());
        diary.write("wrong expiry", () -> assertThat(token).expiresIn(Duration.ofDays(3)));
        diary.write("accepted after all", () -> assertThat(token).isNotAcceptedBy(fake));
        diary.write("accepted by nobody", () -> assertThat(token).isAcceptedBy(FakeIdentityService.create()));
        diary.write("no calls", () -> assertThat(fake).hasNoCalls());
        diary.write("too many calls", () -> assertThat(fake).hasCalled(IdentityOperation.GET_TOKEN, 100_000));
        diary.write("live tokens", () -> assertThat(fake).hasLiveTokens(100_000));
    }

    private void administration() {
        HttpClient http = HttpClient.newHttpClient();
        for (String path : ADMINISTRATION) {
            URI uri = calls.emulator().httpEndpoint().resolve("/__emulator/" + path);
            diary.write(
                    path,
                    () -> http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body());
        }
        diary.write(
                "page",
                () -> http.send(
                                HttpRequest.newBuilder(
                                                calls.emulator().httpEndpoint().resolve("/"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }
}
