package dev.serai.credential;

import java.util.List;

/** The members of a pool that may be tried, perhaps none, and whose turn it is. */
public final class PoolMembers {

    private final List<PoolMember> all;
    private final KeyRotation rotation;

    private PoolMembers(List<PoolMember> all, KeyRotation rotation) {
        this.all = all;
        this.rotation = rotation;
    }

    /** Members at the start of their rotation. */
    public static PoolMembers of(List<PoolMember> all) {
        return new PoolMembers(List.copyOf(all), new KeyRotation(all.size()));
    }

    /** Other members; the rotation goes on from where it is. */
    public PoolMembers next(List<PoolMember> others) {
        return new PoolMembers(List.copyOf(others), rotation.resized(others.size()));
    }

    public List<PoolMember> all() {
        return all;
    }

    public KeyRotation rotation() {
        return rotation;
    }
}
