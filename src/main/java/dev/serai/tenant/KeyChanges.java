package dev.serai.tenant;

import dev.serai.database.News;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;

/**
 * Hears from the database which keys have changed, and has the cache forget them; while nothing is heard, the cache knows
 * and trusts nothing for long.
 */
final class KeyChanges implements SmartLifecycle {

    private final News news;

    KeyChanges(News.Source source, KeyCache cache) {
        this.news = new News("api_key", "keys", source, new Forgetting(cache));
    }

    private record Forgetting(KeyCache cache) implements News.Listener {

        @Override
        public void hear() {
            cache.hear();
        }

        @Override
        public void lose() {
            cache.lose();
        }

        @Override
        public void changed(Set<String> what) {
            Set<UUID> keys = new HashSet<>();
            for (String one : what) {
                try {
                    keys.add(UUID.fromString(one));
                } catch (IllegalArgumentException e) {
                    cache.invalidateAll();
                }
            }
            cache.invalidate(keys);
        }
    }

    @Override
    public void start() {
        news.start();
    }

    @Override
    public void stop() {
        news.stop();
    }

    @Override
    public boolean isRunning() {
        return news.isRunning();
    }

    @Override
    public int getPhase() {
        return news.getPhase();
    }
}
