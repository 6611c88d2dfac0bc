/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A contract that is broken says where. */
class ContractFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "anyOperation_afterClose_throwsAtOnce, CREATE_USER after close()",
        "anyOperation_withoutAnArgument_throwsAtOnce, 'deleteUser(null) at once'",
        "async_afterClose_throwsAtTheCall, 'CREATE_USER at the call, after close()'",
        "anyOperation_answeredWith403_isDenied, DELETE_USER",
        "createUserWithToken_always_isOneCall, '[CREATE_USER, GET_TOKEN]'"
    })
    void brokenContract_always_namesTheOperation(String test, String expected) {
        List<String> failures = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Broken.class, test))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();

        assertThat(failures).singleElement().asString().contains(expected);
    }

    static class Broken implements IdentityManagerContract, AsyncIdentityManagerContract, IdentityServiceContract {

        private final FakeIdentityManager fake = FakeIdentityManager.create();
        private final IdentityManager manager = (IdentityManager) Proxy.newProxyInstance(
                IdentityManager.class.getClassLoader(),
                new Class<?>[] {IdentityManager.class},
                (proxy, method, arguments) -> call(method, arguments));

        private Object call(Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "close", "deleteUser" -> "nothing";
                case "createUserWithToken" -> createUserWithToken((TokenRequest) arguments[0]);
                default -> {
                    try {
                        yield method.invoke(fake, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }
            };
        }

        private UserWithToken createUserWithToken(TokenRequest request) {
            var user = fake.createUser();
            return new UserWithToken(user, fake.getToken(user, request));
        }

        @Override
        public IdentityManager manager() {
            return manager;
        }

        @Override
        public FakeIdentityService service() {
            return fake.service();
        }

        @Override
        public Instant now() {
            return fake.service().clock().instant();
        }
    }
}
