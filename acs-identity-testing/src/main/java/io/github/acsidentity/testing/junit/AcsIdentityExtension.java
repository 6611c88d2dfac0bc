/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * Gives each test a fake identity service of its own, and injects it.
 *
 * <p>{@link AcsIdentityTest} registers it with its defaults. To set it up otherwise:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final AcsIdentityExtension ACS = AcsIdentityExtension.builder()
 *         .service(service -> service.resources(2))
 *         .startingAt(Instant.parse("2026-01-01T00:00:00Z"))
 *         .build();
 * }</pre>
 *
 * <p>These types are injected:
 *
 * <ul>
 *   <li>{@link FakeIdentityService}, and its {@link MutableClock},
 *   <li>{@link io.github.acsidentity.testing.FakeIdentityManager}, also as
 *       {@link io.github.acsidentity.IdentityManager}: a manager on the first resource,
 *   <li>{@link AcsEmulator}, an emulator of the service, which starts when it is first injected, and a {@code String}
 *       with {@link ConnectionString}, which leads to it,
 *   <li>{@code com.azure.communication.identity.CommunicationIdentityClientBuilder}, new each time: ready to build
 *       clients of the official SDK that call the service without a network. Nothing else here needs the SDK.
 * </ul>
 *
 * <p>They are injected into parameters of constructors, of test methods and of their {@code @BeforeEach} and
 * {@code @AfterEach} methods; and into the fields of the test instance, private or inherited ones too, that are neither
 * static nor final and that are {@code null}.
 *
 * <p>There is one service per test instance. That is one per test, or per repetition of it, unless the class has the
 * life cycle {@code PER_CLASS}: then all its tests share one, with the calls and the time of the tests before. A test
 * of a {@code @Nested} class shares the service of the outer instance that it runs in. A static {@code @BeforeAll}
 * method has no test instance, hence no service. When the last test of the instance is over, the manager and the
 * emulator are closed.
 *
 * <p>When a test fails, or one of the methods before and after it, or a dynamic test, the latest 100 calls to its
 * service are added to the failure as a suppressed exception, so that they are shown with it (unless its message shows
 * them all already, as most of {@code AcsAssertions} do), and are published as a report entry with the key
 * {@code acs-identity.calls}; they hold no secrets. Where there is no service, there are no calls: in static methods.
 * Neither are they shown when a constructor fails.
 *
 * <p>A class has one extension, and the classes nested in it use it too: another one, be it by {@link AcsIdentityTest}
 * or by a field, makes them fail with an {@link ExtensionConfigurationException}. A {@code @Nested} class may have an
 * {@link AcsIdentityTest#startingAt()} of its own, unless it shares the service of an outer class with the life cycle
 * {@code PER_CLASS} or the builder of the extension sets another time.
 *
 * <p>Safe for tests that run in parallel. A field with {@code @RegisterExtension} should be static: JUnit has no use
 * for another one before the instance is made, so that constructors get nothing. Before JUnit 5.12, all tests fail with
 * an {@link ExtensionConfigurationException} that says so.
 */
@SuppressWarnings("exports")
public final class AcsIdentityExtension
        implements BeforeAllCallback,
                TestInstancePostProcessor,
                ParameterResolver,
                BeforeEachCallback,
                InvocationInterceptor,
                AfterEachCallback,
                AfterAllCallback {

    private static final Namespace OF_ALL = Namespace.create(AcsIdentityExtension.class);

    private final Namespace namespace = Namespace.create(AcsIdentityExtension.class, this);
    private final Consumer<FakeIdentityService.Builder> service;
    private final Consumer<AcsEmulator.Builder> emulator;
    private final @Nullable Instant start;

    /** Creates an extension with the defaults of its builder; JUnit does so for {@link AcsIdentityTest}. */
    public AcsIdentityExtension() {
        this(builder());
    }

    private AcsIdentityExtension(Builder builder) {
        service = builder.service;
        emulator = builder.emulator;
        start = builder.start;
    }

    /**
     * Returns a builder of extensions.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        requireSound(context);
    }

    /** Asks JUnit for the context of the test, not of its class, when it makes an instance for one test. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void postProcessTestInstance(Object testInstance, ExtensionContext context) throws IllegalAccessException {
        Injectable.inject(testInstance, session(context));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        // an extension that is registered by the instance itself comes too late to process it after its creation
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            Injectable.inject(instance, session(context));
        }
    }

    // JUnit tells nobody else about the failure of a dynamic test
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            publishCalls(failure, context);
            throw failure;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> publishCalls(failure, context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> publishCalls(failure, context));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Injectable.of(parameter).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isForAnInstance = parameter.getDeclaringExecutable() instanceof Constructor
                || context.getTestInstance().isPresent();
        if (!isForAnInstance) {
            throw new ParameterResolutionException(
                    "There is one fake identity service per test instance, and none for a static method: "
                            + "use @BeforeEach, or @TestInstance(PER_CLASS) for one service that all tests share");
        }
        return Injectable.of(parameter).orElseThrow().of(session(context));
    }

    /** Returns what belongs to the test instance: of an outer class or of this one. */
    @SuppressWarnings("deprecation")
    private Session session(ExtensionContext context) {
        requireSound(context);
        Instant first = start(context);
        // the successor of this method is not there before JUnit 6
        Session session = requireNonNull(ofInstance(context)
                .getStore(namespace)
                .getOrComputeIfAbsent(Session.class, key -> open(first), Session.class));
        if (!Objects.equals(first, session.start())) {
            throw new ExtensionConfigurationException("startingAt " + first + " cannot apply to "
                    + context.getRequiredTestClass().getName()
                    + ": it shares the service of an outer class with the life cycle PER_CLASS");
        }
        return session;
    }

    @SuppressWarnings("deprecation")
    private void requireSound(ExtensionContext context) {
        JUnitVersion.requireSupported(ExtensionContext.class.getClassLoader());
        AcsIdentityExtension first = context.getStore(OF_ALL)
                .getOrComputeIfAbsent(AcsIdentityExtension.class, key -> this, AcsIdentityExtension.class);
        if (first != this) {
            throw new ExtensionConfigurationException("There is more than one AcsIdentityExtension for "
                    + context.getRequiredTestClass().getName()
                    + ": one is enough for a class and those nested in it, and @AcsIdentityTest registers one");
        }
    }

    private void publishCalls(Throwable failure, ExtensionContext context) {
        Session session = context.getStore(namespace).get(Session.class, Session.class);
        if (session != null) {
            CallsToTheService.publish(session.service(), failure, context);
        }
    }

    private static ExtensionContext ofInstance(ExtensionContext context) {
        ExtensionContext holder = context;
        if (context.getTestInstanceLifecycle()
                .filter(Lifecycle.PER_CLASS::equals)
                .isPresent()) {
            while (holder.getTestMethod().isPresent()) {
                holder = holder.getParent().orElseThrow();
            }
        }
        return holder;
    }

    private Session open(@Nullable Instant first) {
        FakeIdentityService.Builder builder = FakeIdentityService.builder();
        if (first != null) {
            builder.clock(MutableClock.startingAt(first));
        }
        service.accept(builder);
        return new Session(builder.build(), first, this::startEmulator);
    }

    private AcsEmulator startEmulator(FakeIdentityService running) {
        AcsEmulator.Builder builder = AcsEmulator.builder();
        emulator.accept(builder);
        return builder.service(running).start();
    }

    private @Nullable Instant start(ExtensionContext context) {
        Instant annotated = AnnotatedStart.of(context);
        if (start != null && annotated != null && !start.equals(annotated)) {
            throw new ExtensionConfigurationException("There are two times for startingAt: " + annotated
                    + " by @AcsIdentityTest, and " + start + " by the AcsIdentityExtension");
        }
        return start != null ? start : annotated;
    }

    /** Builds {@link AcsIdentityExtension} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private Consumer<FakeIdentityService.Builder> service = builder -> {};
        private Consumer<AcsEmulator.Builder> emulator = builder -> {};
        private @Nullable Instant start;

        private Builder() {}

        /**
         * Sets what is done with the builder of each service before it builds. By default, nothing.
         *
         * @param options sets options; called for each service, by concurrent threads if tests run in parallel
         * @return this builder
         */
        public Builder service(Consumer<FakeIdentityService.Builder> options) {
            service = requireNonNull(options, "options");
            return this;
        }

        /**
         * Sets what is done with the builder of each emulator before it starts. By default, nothing. The service is
         * that of the test in any case.
         *
         * @param options sets options; called for each emulator, by concurrent threads if tests run in parallel
         * @return this builder
         */
        public Builder emulator(Consumer<AcsEmulator.Builder> options) {
            emulator = requireNonNull(options, "options");
            return this;
        }

        /**
         * Sets the time at which the clock of each service stands at first; it then moves only when the test moves it.
         * By default it runs along with the system's and can be moved besides. A clock that {@link #service} sets
         * counts instead.
         *
         * @param start the first time
         * @return this builder
         */
        public Builder startingAt(Instant start) {
            this.start = requireNonNull(start, "start");
            return this;
        }

        /**
         * Builds the extension.
         *
         * @return the extension
         */
        public AcsIdentityExtension build() {
            return new AcsIdentityExtension(this);
        }
    }
}
