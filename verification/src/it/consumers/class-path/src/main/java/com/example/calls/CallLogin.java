package com.example.calls;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;

/** What an application does with the library. */
public final class CallLogin {

    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);

    private final IdentityManager manager;

    public CallLogin(IdentityManager manager) {
        this.manager = manager;
    }

    public UserId newUser() {
        return manager.createUser();
    }

    public AccessToken login(UserId user) {
        return manager.getToken(user, CALLING);
    }

    public AccessToken loginNewUser() {
        return login(newUser());
    }
}
