/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.verification.PublishedPom.Dependency;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedPomTest {

    private static final String NETTY_TRANSPORT = "com.azure:azure-core-http-netty";

    static List<Path> modules() {
        return ProjectFiles.publishedModules();
    }

    static Stream<Path> modulesAndBom() {
        return Stream.concat(modules().stream(), Stream.of(ProjectFiles.bom()));
    }

    @ParameterizedTest
    @MethodSource("modulesAndBom")
    void pom_standsOnItsOwn(Path module) {
        PublishedPom pom = PublishedPom.of(module);

        assertThat(pom.text()).doesNotContain("${");
        assertThat(pom.has("parent")).as("has a parent").isFalse();
        assertThat(pom.has("properties")).as("has properties").isFalse();
        assertThat(pom.has("build")).as("has build instructions").isFalse();
        assertThat(pom.has("licenses")).as("names the licence").isTrue();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void pom_namesWhatConsumersNeedAndNothingElse(Path module) {
        PublishedPom pom = PublishedPom.of(module);

        assertThat(pom.has("dependencyManagement"))
                .as("has a dependencyManagement")
                .isFalse();
        assertThat(pom.dependencies()).isNotEmpty().allSatisfy(dependency -> {
            assertThat(dependency.version()).as("version of %s", dependency).isNotEmpty();
            assertThat(dependency.scope()).as("scope of %s", dependency).isNotEqualTo("test");
        });
    }

    @ParameterizedTest
    @MethodSource("modules")
    void pom_excludesNettyOnEachPathOfTheSdk(Path module) {
        List<Dependency> sdk = PublishedPom.of(module).dependencies().stream()
                .filter(dependency -> dependency.artifactId().startsWith("azure-communication-"))
                .toList();

        assertThat(sdk)
                .allSatisfy(dependency -> assertThat(dependency.exclusions()).containsExactly(NETTY_TRANSPORT));
    }

    @Test
    void corePom_declaresTheSdkAndAzureCoreDirectly() {
        PublishedPom core = PublishedPom.of(ProjectFiles.root().resolve("acs-identity-core"));

        assertThat(core.dependencies())
                .extracting(Dependency::artifactId)
                .contains(
                        "azure-communication-identity",
                        "azure-communication-common",
                        "azure-core",
                        "azure-core-http-jdk-httpclient");
    }

    @Test
    void bom_managesThePublishedModulesAndNothingElse() {
        PublishedPom bom = PublishedPom.of(ProjectFiles.bom());
        String[] modules = modules().stream()
                .map(module -> module.getFileName().toString())
                .toArray(String[]::new);

        assertThat(bom.dependencies()).isEmpty();
        assertThat(bom.managedDependencies())
                .allSatisfy(managed -> {
                    assertThat(managed.groupId()).isEqualTo("io.github.acsidentity");
                    assertThat(managed.version()).isEqualTo(bom.version());
                })
                .extracting(Dependency::artifactId)
                .containsExactlyInAnyOrder(modules);
    }
}
