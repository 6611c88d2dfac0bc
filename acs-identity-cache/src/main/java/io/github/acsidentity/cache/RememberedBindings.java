/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The bindings that are remembered, and the fence that keeps those away which a change has ended.
 *
 * <p>Reads and changes of an id are registered while they go on. The guarantee: a binding is found here, or by waiting
 * for the read of somebody else, after a change has returned only if the store was asked for it after the change. It
 * holds because
 *
 * <ul>
 *   <li>a change first marks all reads of the id that are under way and then takes the binding away,
 *   <li>a read looks for its mark inside the atomic update that would keep its answer,
 *   <li>reads that begin while a change goes on are marked from the beginning, and nobody waits for a marked one.
 * </ul>
 */
class RememberedBindings {

    /** An answer of the store and the time before it was asked. */
    record Answer(Optional<UserMapping> mapping, long readAt) {}

    private final ConcurrentMap<ExternalId, Answer> answers;
    private final long maximumAge;
    private final ConcurrentHashMap<ExternalId, Activity> activities = new ConcurrentHashMap<>();

    /** Remembers in a map, which may lose what it likes. All times are in milliseconds. */
    RememberedBindings(ConcurrentMap<ExternalId, Answer> answers, long maximumAge) {
        this.answers = answers;
        this.maximumAge = maximumAge;
    }

    @Nullable
    Answer find(ExternalId id, long now) {
        Answer answer = answers.get(id);
        return answer != null && isYoung(answer.readAt(), now) ? answer : null;
    }

    /**
     * Registers a read that others may share.
     *
     * @return that one; or one of somebody else, to be waited for
     */
    MappingRead share(MappingRead mine) {
        MappingRead[] chosen = {mine};
        activities.compute(mine.id(), (id, found) -> {
            Activity activity = found == null ? new Activity() : found;
            MappingRead there = activity.shared;
            if (there != null && canJoin(there, mine.startedAt())) {
                chosen[0] = there;
                return activity;
            }
            Answer meanwhile = find(id, mine.startedAt());
            if (meanwhile != null) {
                chosen[0] = new MappingRead(id, mine.startedAt());
                chosen[0].answer().complete(meanwhile.mapping());
                return activity.isIdle() ? null : activity;
            }
            activity.add(mine);
            activity.shared = mine;
            return activity;
        });
        return chosen[0];
    }

    /** A change marks a read before it returns; the age matters if a read takes very long. */
    boolean canJoin(MappingRead there, long now) {
        return !there.isFenced() && isYoung(there.startedAt(), now);
    }

    /** Registers a read that nobody shares. */
    void begin(MappingRead read) {
        activities.compute(read.id(), (id, found) -> {
            Activity activity = found == null ? new Activity() : found;
            activity.add(read);
            return activity;
        });
    }

    /** Remembers what a read has brought, or forgets what it has disproved. */
    void learn(MappingRead read, Optional<UserMapping> mapping) {
        if (mapping.isPresent() && mapping.get() instanceof UserMapping.Bound) {
            keep(read, new Answer(mapping, read.startedAt()));
        } else {
            forget(read.id());
        }
    }

    void keep(MappingRead read, Answer answer) {
        answers.compute(read.id(), (id, held) -> {
            boolean outdated = held != null && held.readAt() > answer.readAt();
            return read.isFenced() || outdated ? held : answer;
        });
    }

    /** Strikes a read off. */
    void end(MappingRead read) {
        activities.computeIfPresent(read.id(), (id, activity) -> {
            activity.reads.remove(read);
            if (activity.shared == read) {
                activity.shared = null;
            }
            return activity.isIdle() ? null : activity;
        });
    }

    /** Forgets the binding of an id, and remembers none until {@link #endChange}. */
    void beginChange(ExternalId id) {
        activities.compute(id, (key, found) -> {
            Activity activity = found == null ? new Activity() : found;
            activity.changes++;
            activity.reads.forEach(MappingRead::fence);
            return activity;
        });
        answers.remove(id);
    }

    void endChange(ExternalId id) {
        activities.computeIfPresent(id, (key, activity) -> {
            activity.changes--;
            return activity.isIdle() ? null : activity;
        });
    }

    /** Forgets the binding of an id; reads under way do not bring it back. */
    void forget(ExternalId id) {
        beginChange(id);
        endChange(id);
    }

    /**
     * Forgets all bindings; reads under way do not bring them back.
     *
     * <p>To clear the map is not enough: it may miss a binding that is just being kept. To remove one waits for that.
     */
    void forgetAll() {
        activities.keySet().forEach(this::forget);
        answers.clear();
    }

    /** Returns whether no read and no change is registered: when nothing goes on, nothing must be left behind. */
    boolean isIdle() {
        return activities.isEmpty();
    }

    private boolean isYoung(long readAt, long now) {
        return now - readAt < maximumAge;
    }

    /** What goes on for one id; touched inside atomic updates only. */
    private static final class Activity {

        private final List<MappingRead> reads = new ArrayList<>(1);
        private int changes;
        private @Nullable MappingRead shared;

        void add(MappingRead read) {
            if (changes > 0) {
                read.fence();
            }
            reads.add(read);
        }

        boolean isIdle() {
            return reads.isEmpty() && changes == 0;
        }
    }
}
