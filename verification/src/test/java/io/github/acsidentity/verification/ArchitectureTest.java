/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.acsidentity.PlantedApiType;
import io.github.acsidentity.PlantedException;
import io.github.acsidentity.verification.planted.BrokenRules;
import io.github.acsidentity.verification.planted.impl.BrokenNames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses MAIN_CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.acsidentity");

    /** Each rule, with code that breaks it. */
    static Stream<Guard> guards() {
        return Stream.of(
                new Guard(ArchitectureRules.ONLY_AZURE_PACKAGES_KNOW_THE_SDK, BrokenRules.KnowsTheSdk.class),
                new Guard(ArchitectureRules.ONLY_AZURE_PACKAGES_KNOW_THE_SDK, BrokenRules.KnowsReactor.class),
                new Guard(ArchitectureRules.THE_API_NEEDS_THE_JDK_ALONE, PlantedApiType.class),
                new Guard(ArchitectureRules.ONLY_TEST_KITS_KNOW_JUNIT, BrokenRules.KnowsJUnit.class),
                new Guard(ArchitectureRules.ONLY_TEST_KITS_KNOW_ASSERTJ, BrokenRules.KnowsAssertJ.class),
                new Guard(ArchitectureRules.PACKAGES_HAVE_NO_CYCLES, BrokenNames.class, BrokenRules.Cycle.class),
                new Guard(ArchitectureRules.PACKAGES_ARE_NULL_MARKED, BrokenNames.class),
                new Guard(ArchitectureRules.PACKAGES_HAVE_TELLING_NAMES, BrokenNames.class),
                new Guard(ArchitectureRules.PUBLIC_TYPES_ARE_EXPORTED_OR_INTERNAL, BrokenNames.class),
                new Guard(ArchitectureRules.ONE_CLASS_READS_THE_SYSTEM_CLOCK, BrokenRules.ReadsMillis.class),
                new Guard(ArchitectureRules.ONE_CLASS_READS_THE_SYSTEM_CLOCK, BrokenRules.RefersToNanos.class),
                new Guard(ArchitectureRules.ONE_CLASS_READS_THE_SYSTEM_CLOCK, BrokenRules.ReadsNow.class),
                new Guard(ArchitectureRules.ONE_CLASS_READS_THE_SYSTEM_CLOCK, BrokenRules.ReadsNowOfAZone.class),
                new Guard(ArchitectureRules.ONE_CLASS_READS_THE_SYSTEM_CLOCK, BrokenRules.MakesAClock.class),
                new Guard(ArchitectureRules.ONE_CLASS_READS_THE_SYSTEM_CLOCK, BrokenRules.MakesADate.class),
                new Guard(ArchitectureRules.NOBODY_SLEEPS, BrokenRules.SleepsAsThread.class),
                new Guard(ArchitectureRules.NOBODY_SLEEPS, BrokenRules.SleepsInUnits.class),
                new Guard(ArchitectureRules.ONLY_SYSTEM_LOGGER_IS_USED_FOR_LOGS, BrokenRules.LogsWithSlf4j.class),
                new Guard(ArchitectureRules.ONLY_SYSTEM_LOGGER_IS_USED_FOR_LOGS, BrokenRules.LogsWithTheJdk.class),
                new Guard(ArchitectureRules.ONLY_THE_EMULATOR_PROGRAM_PRINTS, BrokenRules.Prints.class),
                new Guard(ArchitectureRules.NOBODY_PRINTS_STACK_TRACES, BrokenRules.PrintsAStackTrace.class),
                new Guard(ArchitectureRules.STATIC_FIELDS_ARE_FINAL, BrokenRules.ChangesAStaticField.class),
                new Guard(ArchitectureRules.STATIC_FIELDS_HOLD_NO_STATE, BrokenRules.CountsStatically.class),
                new Guard(ArchitectureRules.STATIC_FIELDS_HOLD_NO_STATE, BrokenRules.CollectsStatically.class),
                new Guard(ArchitectureRules.EXCEPTIONS_ARE_FINAL, BrokenRules.OpenException.class),
                new Guard(ArchitectureRules.PUBLIC_EXCEPTIONS_ARE_OF_ONE_FAMILY, PlantedException.class));
    }

    @ParameterizedTest
    @MethodSource("guards")
    void mainCode_obeysTheRule(Guard guard) {
        guard.rule().allowEmptyShould(true).check(MAIN_CODE);
    }

    @ParameterizedTest
    @MethodSource("guards")
    void plantedViolation_isFound(Guard guard) {
        JavaClasses planted = new ClassFileImporter().importClasses(guard.planted());

        assertThat(guard.rule().evaluate(planted).hasViolation()).isTrue();
    }

    @Test
    void guards_coverEveryRule() {
        List<ArchRule> rules = Arrays.stream(ArchitectureRules.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(field -> {
                    try {
                        return (ArchRule) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new LinkageError(field.getName(), e);
                    }
                })
                .toList();

        assertThat(guards().map(Guard::rule)).containsAll(rules);
    }

    @Test
    void mainCode_isAllThatIsPublished() {
        assertThat(ProjectModules.descriptors())
                .isNotEmpty()
                .allSatisfy(module -> assertThat(module.packages())
                        .as("packages of %s: is it a dependency of this module?", module.name())
                        .isNotEmpty()
                        .allMatch(MAIN_CODE::containPackage));
    }

    record Guard(ArchRule rule, List<Class<?>> planted) {

        Guard(ArchRule rule, Class<?>... planted) {
            this(rule, List.of(planted));
        }

        @Override
        public String toString() {
            return planted.get(0).getSimpleName() + ": " + rule.getDescription();
        }
    }
}
