package com.example.calls;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;

/** What an application does with the cache. */
public final class CachedCallLogin implements AutoCloseable {

    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);

    private final CachingIdentityManager manager;

    public CachedCallLogin(IdentityManager delegate, RefreshPolicy policy) {
        this.manager = CachingIdentityManager.builder(delegate).refreshPolicy(policy).build();
    }

    public UserId newUser() {
        return manager.createUser();
    }

    public AccessToken login(UserId user) {
        return manager.getToken(user, CALLING);
    }

    public long calls() {
        return manager.stats().calls();
    }

    @Override
    public void close() {
        manager.close();
    }
}
