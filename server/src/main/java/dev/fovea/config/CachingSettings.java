package dev.fovea.config;

import dev.fovea.config.binding.ByteSize;
import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import dev.fovea.serving.cache.CacheSettings;
import dev.fovea.storage.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which responses are cached, and where. */
public record CachingSettings(
        @Key(
                value = "64MB",
                min = "0B",
                max = "1000GB",
                text = "Memory for responses to images that come again. 0B disables the cache.")
        ByteSize maxSize,

        @Key(text = "Names of models whose responses are not cached.")
        List<String> excludedModels,

        @Key(
                value = "0",
                min = "0",
                max = "12",
                text =
                        "Max distance in bits (of 64) between perceptual hashes at which two images share a response. 0 requires equal bytes. Run `cache-check` first.")
        int maxHashDistance,

        @Key(
                text =
                        "`redis://user:password@host:6379/0`, or `rediss://` for TLS: responses are shared with other servers there.")
        Optional<String> redisUrl,

        @Key(value = "1d", min = "1s", max = "365d", text = "How long Redis keeps a response.")
        Duration redisTtl)
        implements Checked {

    /** That of this process. */
    public CacheSettings local() {
        return new CacheSettings(maxSize.bytes(), Set.copyOf(excludedModels), maxHashDistance);
    }

    /** That which is shared with other servers. */
    public Optional<RedisSettings> redis() {
        return redisUrl.map(url -> RedisSettings.of(url, redisTtl));
    }

    @Override
    public Stream<String> errors() {
        try {
            redis();
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of("cache.redis-url: " + e.getMessage());
        }
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "CachingSettings[%s, redis=%s]".formatted(local(), redis());
    }
}
