/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.Fault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transports repeat requests by themselves in their own ways; no user is created twice by any. */
@Timeout(60)
class AtMostOnceTest {

    private static final AcsEmulator EMULATOR = AcsEmulator.start();

    @AfterAll
    static void stopEmulator() {
        EMULATOR.close();
    }

    @BeforeEach
    void forgetCalls() {
        EMULATOR.service().faults().clear();
        EMULATOR.service().clearCalls();
    }

    static Stream<Arguments> transportsAndFaults() {
        List<Fault> faults = List.of(
                Fault.lostAnswer(),
                Fault.drop(),
                Fault.status(503).withRetryAfter(Duration.ZERO).afterProcessing(),
                Fault.status(408).afterProcessing());
        return Stream.of(Transport.values())
                .flatMap(transport -> faults.stream().map(fault -> Arguments.of(transport, fault)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndFaults")
    void createUser_whateverTheTransportDoes_isSentOnceAndLeavesDoubt(Transport transport, Fault fault)
            throws Exception {
        EMULATOR.service().faults().on(IdentityOperation.CREATE_USER).next(fault);
        String connectionString = EMULATOR.connectionString().replace("127.0.0.1", "localhost");
        try (AcsIdentityManager manager = AcsIdentityManager.builder()
                .connectionString(connectionString)
                .httpClient(transport.open())
                .retryDelays(Duration.ofMillis(1), Duration.ofMillis(1))
                .build()) {

            IdentityException e = catchThrowableOfType(IdentityException.class, manager::createUser);

            assertThat(e.outcomeUnknown()).isTrue();
            assertThat(EMULATOR.service().callCount(IdentityOperation.CREATE_USER))
                    .isEqualTo(1);
        }
    }

    enum Transport {
        JDK {
            @Override
            HttpClient open() {
                return new JdkHttpClientBuilder(
                                java.net.http.HttpClient.newBuilder().sslContext(EMULATOR.sslContext()))
                        .build();
            }
        },
        /** The host has several addresses, and OkHttp tries one after the other. */
        OKHTTP {
            @Override
            HttpClient open() throws Exception {
                InetAddress address = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
                return new OkHttpAsyncHttpClientBuilder(new OkHttpClient.Builder()
                                .dns(name -> List.of(address, address, address))
                                .sslSocketFactory(
                                        EMULATOR.sslContext().getSocketFactory(), Trust.manager(EMULATOR.caPem()))
                                .build())
                        .build();
            }
        };

        abstract HttpClient open() throws Exception;
    }
}
