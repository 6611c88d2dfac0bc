/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Runs the scenarios of scenarios.txt, each with blocking and with asynchronous calls. */
@Timeout(30)
class ScenariosTest {

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        List<Scenario> scenarios = read();
        assertThat(scenarios).hasSizeGreaterThan(40);
        return scenarios.stream()
                .flatMap(scenario -> Stream.of(
                        DynamicTest.dynamicTest(scenario.name() + " (blocking)", () -> run(scenario, false)),
                        DynamicTest.dynamicTest(scenario.name() + " (asynchronous)", () -> run(scenario, true))));
    }

    private static void run(Scenario scenario, boolean async) throws Exception {
        try (ScenarioRun run = new ScenarioRun(async, scenario.policy())) {
            for (Step step : scenario.steps()) {
                try {
                    run.step(step.text());
                } catch (AssertionError | Exception e) {
                    throw new AssertionError("line " + step.line() + ": " + step.text() + "\n" + e.getMessage(), e);
                }
            }
        }
    }

    private static List<Scenario> read() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(ScenariosTest.class.getResourceAsStream("scenarios.txt"))) {
            int number = 0;
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                number++;
                if (line.startsWith("## ")) {
                    scenarios.add(new Scenario(line.substring(3), new ArrayList<>(), new ArrayList<>()));
                } else if (line.startsWith("policy ")) {
                    scenarios
                            .get(scenarios.size() - 1)
                            .policy()
                            .add(line.substring(7).strip());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    scenarios.get(scenarios.size() - 1).steps().add(new Step(number, line.strip()));
                }
            }
        }
        return scenarios;
    }

    private record Scenario(String name, List<String> policy, List<Step> steps) {}

    private record Step(int line, String text) {}
}
