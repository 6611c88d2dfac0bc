/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import java.time.Duration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A Spring bean whose method is cached by Caffeine. */
class SpringPeer {

    private final Users users;

    SpringPeer(Users users) {
        this.users = users;
    }

    /** Starts Spring and calls the method once for each user. */
    static Lookup filled(Users users) {
        CaffeineCacheManager caches = new CaffeineCacheManager("tokens");
        caches.setCaffeine(Caffeine.newBuilder().maximumSize(Rival.MAXIMUM).expireAfterWrite(Duration.ofHours(23)));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean("cacheManager", CaffeineCacheManager.class, () -> caches);
        context.registerBean(SpringPeer.class, () -> new SpringPeer(users));
        context.register(Caching.class);
        context.refresh();
        SpringPeer peer = context.getBean(SpringPeer.class);
        for (UserId user : users.ids()) {
            peer.getToken(user);
        }
        return peer::getToken;
    }

    /** Gets a token; public, because Spring caches no others. */
    @Cacheable(cacheNames = "tokens", sync = true)
    public AccessToken getToken(UserId user) {
        return users.issue();
    }

    /** As Spring Boot has it: proxies are subclasses. */
    @EnableCaching(proxyTargetClass = true)
    static class Caching {}
}
