/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

/**
 * What a {@link CachingUserMappingStore} has done since it was built. The numbers are read one after the other while
 * others count, so they need not add up exactly.
 *
 * @param hits recalls that were answered from memory
 * @param misses recalls that read the store behind it, or waited for such a read of somebody else
 * @param size bindings that are remembered now, approximately; some may be past their time already
 */
public record MappingCacheStats(long hits, long misses, long size) {}
