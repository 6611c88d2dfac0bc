/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.directory.UserMappingStoreException;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What holds for the main code of every module. */
final class ArchitectureRules {

    static final ArchRule ONLY_AZURE_PACKAGES_KNOW_THE_SDK = noClasses()
            .that()
            .resideOutsideOfPackages("io.github.acsidentity.azure..", "io.github.acsidentity.testing.azure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.azure..", "reactor..");

    static final ArchRule THE_API_NEEDS_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage("io.github.acsidentity")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.github.acsidentity", "java..", "org.jspecify.annotations");

    static final ArchRule ONLY_TEST_KITS_KNOW_JUNIT = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.github.acsidentity.testing.junit..", "io.github.acsidentity.testing.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..");

    static final ArchRule ONLY_TEST_KITS_KNOW_ASSERTJ = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.github.acsidentity.testing.assertj..",
                    "io.github.acsidentity.testing.contract..",
                    "io.github.acsidentity.cache.assertj..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.assertj..");

    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().assignedFrom(new PackageOfItsOwn())
            .should()
            .beFreeOfCycles()
            .because("a package is read and changed on its own");

    static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .that(describe("are in packages", type -> !type.getPackageName().isEmpty()))
            .should(Conditions.haveAPackageAnnotatedWith(NullMarked.class));

    static final ArchRule PACKAGES_HAVE_TELLING_NAMES =
            noClasses().should().resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..");

    static final ArchRule PUBLIC_TYPES_ARE_EXPORTED_OR_INTERNAL = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should()
            .resideInAnyPackage(ProjectModules.exportedPackages());

    static final ArchRule ONE_CLASS_READS_THE_SYSTEM_CLOCK = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.github.acsidentity.SystemTimeSource")
            .should()
            .accessTargetWhere(SystemClock.isRead());

    static final ArchRule NOBODY_SLEEPS = noClasses().should().accessTargetWhere(sleeps());

    static final ArchRule ONLY_SYSTEM_LOGGER_IS_USED_FOR_LOGS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.azure.core.util.logging..",
                    "java.util.logging..",
                    "org.apache.commons.logging..",
                    "org.apache.logging..",
                    "org.slf4j..");

    static final ArchRule ONLY_THE_EMULATOR_PROGRAM_PRINTS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.github.acsidentity.testing.emulator.EmulatorMain")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    static final ArchRule NOBODY_PRINTS_STACK_TRACES = noClasses().should().accessTargetWhere(printsAStackTrace());

    static final ArchRule STATIC_FIELDS_ARE_FINAL =
            fields().that().areStatic().should().beFinal();

    static final ArchRule STATIC_FIELDS_HOLD_NO_STATE =
            noFields().that().areStatic().should().haveRawType(describe("made to be changed", MutableTypes::matches));

    static final ArchRule EXCEPTIONS_ARE_FINAL = classes()
            .that()
            .areAssignableTo(Throwable.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .haveModifier(JavaModifier.FINAL);

    static final ArchRule PUBLIC_EXCEPTIONS_ARE_OF_ONE_FAMILY = classes()
            .that()
            .arePublic()
            .and()
            .areAssignableTo(Throwable.class)
            .and()
            .resideInAnyPackage(ProjectModules.exportedPackages())
            .should()
            .beAssignableTo(IdentityException.class)
            // of a database, not of the identity service
            .orShould()
            .be(UserMappingStoreException.class);

    private ArchitectureRules() {}

    private static DescribedPredicate<JavaAccess<?>> sleeps() {
        return describe(
                "sleeps",
                access -> access.getTarget().getName().equals("sleep")
                        && resideInAnyPackage("java.lang", "java.util.concurrent")
                                .test(access.getTarget().getOwner()));
    }

    private static DescribedPredicate<JavaAccess<?>> printsAStackTrace() {
        return describe(
                "prints a stack trace",
                access -> Set.of("printStackTrace", "dumpStack")
                                .contains(access.getTarget().getName())
                        && access.getTargetOwner().getPackageName().startsWith("java.lang"));
    }

    private static final class PackageOfItsOwn implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
