/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.util.Objects.requireNonNull;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityAsyncClient;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a call costs beside the service: in a JVM of its own, all sides in turns, the medians of which count. */
final class CallCosts {

    private static final int CALLS = 500;
    private static final int TURNS = 41;

    private CallCosts() {}

    /**
     * Prints the nanoseconds of one call: ours, that of the SDK's blocking client, and of its asynchronous one.
     *
     * @param args for how many turns to warm up
     */
    public static void main(String... args) {
        FakeIdentityService service = FakeIdentityService.create();
        ReplayingHttpClient transport = new ReplayingHttpClient(InProcessHttpClient.on(service));
        String connectionString = service.resource().connectionString();
        CommunicationIdentityClientBuilder builder = new CommunicationIdentityClientBuilder()
                .connectionString(connectionString)
                .httpClient(transport);
        CommunicationIdentityClient blocking = builder.buildClient();
        CommunicationIdentityAsyncClient async = builder.buildAsyncClient();
        IdentityManager manager = AcsIdentityManager.builder()
                .connectionString(connectionString)
                .httpClient(transport)
                .build();
        CommunicationUserIdentifier theirUser = blocking.createUser();
        UserId user = new UserId(theirUser.getId());
        TokenRequest calling = TokenRequest.of(TokenScope.VOIP);
        List<CommunicationTokenScope> voip = List.of(CommunicationTokenScope.VOIP);

        List<Runnable> sides = List.of(
                () -> require(manager.getToken(user, calling).value()),
                () -> require(blocking.getToken(theirUser, voip).getToken()),
                () -> require(
                        requireNonNull(async.getToken(theirUser, voip).block()).getToken()));
        inTurns(sides, Integer.parseInt(args[0]));
        System.out.println(inTurns(sides, TURNS).stream().map(String::valueOf).collect(Collectors.joining(" ")));
        System.exit(0);
    }

    private static List<Long> inTurns(List<Runnable> sides, int turns) {
        long[][] times = new long[sides.size()][turns];
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < sides.size(); i++) {
                int side = (i + turn) % sides.size();
                times[side][turn] = time(sides.get(side));
            }
        }
        return Arrays.stream(times).map(CallCosts::median).toList();
    }

    private static long time(Runnable call) {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (System.nanoTime() - start) / CALLS;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void require(String token) {
        if (token.isEmpty()) {
            throw new IllegalStateException("There must be a token");
        }
    }
}
