package dev.serai.usage;

import java.util.Collection;
import java.util.UUID;

/** Is told which calls are in the database for good, on the usage writer's thread. Must be quick and must not throw. */
@FunctionalInterface
public interface Settlements {

    void settled(Collection<UUID> calls);
}
