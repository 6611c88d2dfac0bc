/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a store lists a page at a time. Not safe for use by concurrent threads.
 *
 * @param <T> what it lists
 */
final class Pages<T> implements Iterator<T> {

    private final Function<@Nullable T, List<T>> pageAfter;
    private Iterator<T> page;
    private @Nullable T last;

    /** Reads nothing but the first page. */
    Pages(Function<@Nullable T, List<T>> pageAfter) {
        this.pageAfter = pageAfter;
        this.page = pageAfter.apply(null).iterator();
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && last != null) {
            page = pageAfter.apply(last).iterator();
            last = null;
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = page.next();
        return last;
    }
}
