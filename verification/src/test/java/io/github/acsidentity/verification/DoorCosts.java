/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prints what each door of the test kit costs: the time to the first user in a JVM that has just started, and the time
 * of one call when the JVM has warmed up. The numbers are medians of {@value #RUNS} JVMs.
 *
 * <p>It is no test: run its main method, with the class path of the tests.
 */
final class DoorCosts {

    private static final int RUNS = 3;
    private static final int WARM_UP = 500;
    private static final int CALLS = 500;
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private DoorCosts() {}

    public static void main(String... door) throws IOException, InterruptedException {
        if (door.length == 1) {
            measure(door[0]);
            return;
        }
        for (String each : List.of("fake", "in-process", "emulator")) {
            List<Double> starts = new ArrayList<>();
            List<Double> calls = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                String[] result = child(each).split(" ", -1);
                starts.add(Double.valueOf(result[0]));
                calls.add(Double.valueOf(result[1]));
            }
            out().printf(
                            "%-10s  first user after %4.0f ms, one getToken %6.0f us%n",
                            each, median(starts), median(calls));
        }
    }

    private static void measure(String door) {
        long start = System.nanoTime();
        FakeIdentityService service = FakeIdentityService.create();
        switch (door) {
            case "fake" -> measure(start, FakeIdentityManager.on(service));
            case "in-process" ->
                measure(
                        start,
                        AcsIdentityManager.builder()
                                .connectionString(service.resource().connectionString())
                                .httpClient(InProcessHttpClient.on(service))
                                .build());
            default -> {
                try (AcsEmulator emulator =
                        AcsEmulator.builder().service(service).start()) {
                    measure(start, overHttps(emulator));
                }
            }
        }
    }

    private static void measure(long start, IdentityManager manager) {
        UserId user = manager.createUser();
        long first = System.nanoTime() - start;
        for (int i = 0; i < WARM_UP; i++) {
            manager.getToken(user, CHAT);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            manager.getToken(user, CHAT);
        }
        long calls = System.nanoTime() - begin;
        out().printf("%.1f %.1f", first / 1e6, calls / 1e3 / CALLS);
        manager.close();
    }

    private static IdentityManager overHttps(AcsEmulator emulator) {
        HttpClient.Builder trusting = HttpClient.newBuilder().sslContext(emulator.sslContext());
        return AcsIdentityManager.builder()
                .connectionString(emulator.connectionString())
                .httpClient(new JdkHttpClientBuilder(trusting).build())
                .build();
    }

    private static String child(String door) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoorCosts.class.getName(),
                        door)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException("The run of " + door + " failed");
        }
        return output.strip();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @SuppressWarnings("SystemOut")
    private static PrintStream out() {
        return System.out;
    }
}
